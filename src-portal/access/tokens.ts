import { createHash, randomBytes } from 'node:crypto'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Agent } from '#shared/tickets/people'
import { agentSchema } from '#shared/tickets/people'
import type { Database } from '../db/database'
import { records, tokens } from '../db/schema'

/** Makes a leaked token recognisable to secret scanners. */
const PREFIX = 'mrd_'
const SHAPE = /^mrd_[A-Za-z0-9_-]{43}$/

/**
 * SHA-256 is enough: a token is 256 random bits, so there is nothing to guess and no need of a slow hash. Looking a
 * token up by its hash leaks nothing through timing either: who sends a guess can't choose its hash's first bytes.
 */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** A name for the desk that uses a token, from which the token can't be found out, nor the hash that is stored. */
export function deskOf(token: string): string {
  return hashOf(`desk ${token}`).slice(0, 16)
}

/**
 * Makes a token for an agent. Only its hash is kept; the token itself is this function's answer, once.
 * @param label where it is used, so that the right one can be revoked
 */
export async function createToken(
  db: Database,
  { agentId, label, at }: { agentId: string; label: string; at: Date },
): Promise<string> {
  const token = `${PREFIX}${randomBytes(32).toString('base64url')}`
  await db.insert(tokens).values({ hash: hashOf(token), agentId, label, createdAt: at })
  return token
}

/** Revokes tokens from now on; gives how many were valid until now. */
export async function revokeTokens(
  db: Database,
  which: { token: string } | { agentId: string } | { label: string },
  at: Date,
): Promise<number> {
  const matches =
    'token' in which
      ? eq(tokens.hash, hashOf(which.token))
      : 'agentId' in which
        ? eq(tokens.agentId, which.agentId)
        : eq(tokens.label, which.label)
  const revoked = await db
    .update(tokens)
    .set({ revokedAt: at })
    .where(and(matches, isNull(tokens.revokedAt)))
    .returning({ hash: tokens.hash })
  return revoked.length
}

/** The agent whose token this is; undefined when it is unknown, revoked, or the agent is gone. */
export async function agentOfToken(db: Database, token: string): Promise<Agent | undefined> {
  if (!SHAPE.test(token)) return undefined
  const [row] = await db
    .select({ value: records.value })
    .from(tokens)
    .innerJoin(records, and(eq(records.kind, 'agent'), eq(records.id, tokens.agentId)))
    .where(and(eq(tokens.hash, hashOf(token)), isNull(tokens.revokedAt), sql`${records.value} is not null`))
  return row ? agentSchema.parse(row.value) : undefined
}
