/**
 * Version of the wire contract. A desk refuses a portal with a higher number and says which side to update;
 * additions that an older desk can ignore do not raise it.
 */
export const PROTOCOL_VERSION = 1

/** Header with the portal's time (ISO, milliseconds) on every response: the desk's clock offset comes from it. */
export const SERVER_TIME_HEADER = 'x-server-time'

export const MAX_PAGE = 1000
export const MAX_COMMANDS_PER_BATCH = 50
export const MAX_REQUEST_BYTES = 1_000_000
/** The stream says something at least this often, in ms; a desk that hears nothing for twice as long reconnects. */
export const HEARTBEAT_MS = 15_000
/** What a desk says of its presence is forgotten after this, in ms; it says it again well before. */
export const PRESENCE_MS = 30_000
