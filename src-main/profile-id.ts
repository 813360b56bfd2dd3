import { createHash } from 'node:crypto'

/**
 * Names the databases and files of one person in one workspace. The same on every start and on every file system:
 * ids that are not plain lower-case names are shortened and told apart by a digest.
 */
export function profileId(workspaceId: string, agentId: string): string {
  return `${plain(workspaceId)}.${plain(agentId)}`
}

function plain(id: string): string {
  if (/^[a-z0-9][a-z0-9_-]{0,59}$/.test(id)) return id
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 10)
  const readable = id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40)
  return `${readable || 'id'}_-${digest}`
}
