import { findAgent, listAgents } from '../access/agents'
import { createToken, revokeTokens } from '../access/tokens'
import type { Database } from '../db/database'
import { beginGeneration } from '../db/generation'
import { openDatabase } from '../db/open'
import type { Logger } from '../log'
import { PortalError } from '../portal-error'
import { databaseSource, readArguments } from './arguments'
import { usage } from './usage'

const say = (text: string) => process.stderr.write(`${text}\n`)
const print = (text: string) => process.stdout.write(`${text}\n`)

async function withDatabase(data: string | undefined, log: Logger, work: (db: Database) => Promise<void>) {
  const opened = await openDatabase(await databaseSource(data, say), log)
  try {
    await work(opened.db)
  } finally {
    await opened.close()
  }
}

/** `npm run portal -- agents` */
export async function agents(args: readonly string[], log: Logger): Promise<void> {
  const options = { data: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const
  const { values } = readArguments(args, options, 'agents')
  if (values.help) return void print(usage.agents)
  await withDatabase(values.data, log, async (db) => {
    const found = await listAgents(db)
    if (found.length === 0) say('There are no agents yet: import tickets first (import servicenow FILE).')
    for (const { id, role, region, name } of found) {
      print(`${id.padEnd(24)} ${role.padEnd(11)} ${region.padEnd(6)} ${name}`)
    }
  })
}

/** `npm run portal -- token create|revoke` */
export async function token(args: readonly string[], log: Logger): Promise<void> {
  const options = {
    agent: { type: 'string' },
    label: { type: 'string' },
    token: { type: 'string' },
    data: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const
  const { values, positionals } = readArguments(args, options, 'token', 1)
  if (values.help) return void print(usage.token)
  const { agent, label, token: known, data } = values
  switch (positionals[0]) {
    case 'create': {
      if (!agent)
        throw new PortalError('Whose token? Give --agent ID; `npm run portal -- agents` lists them.')
      return withDatabase(data, log, async (db) => {
        if (!(await findAgent(db, agent))) {
          throw new PortalError(`There is no agent ${agent}; \`npm run portal -- agents\` lists them.`)
        }
        print(await createToken(db, { agentId: agent, label: label ?? 'made by hand', at: new Date() }))
      })
    }
    case 'revoke': {
      const which = agent ? { agentId: agent } : label ? { label } : known ? { token: known } : undefined
      if (!which || [agent, label, known].filter(Boolean).length !== 1) {
        throw new PortalError('Which tokens? Give one of --agent ID, --label TEXT, --token TOKEN.')
      }
      return withDatabase(data, log, async (db) => {
        const revoked = await revokeTokens(db, which, new Date())
        print(`${revoked} ${revoked === 1 ? 'token' : 'tokens'} revoked`)
      })
    }
    default:
      throw new PortalError('token create or token revoke? See: npm run portal -- token --help')
  }
}

/** `npm run portal -- restored` */
export async function restored(args: readonly string[], log: Logger): Promise<void> {
  const options = { data: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const
  const { values } = readArguments(args, options, 'restored')
  if (values.help) return void print(usage.restored)
  await withDatabase(values.data, log, async (db) => {
    await beginGeneration(db)
    print(
      'Every desk fetches everything again when it next asks; what was written on desks stays and is sent.',
    )
  })
}
