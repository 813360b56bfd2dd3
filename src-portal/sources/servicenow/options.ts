import { parseArgs } from 'node:util'
import { type Plan, planSchema } from '#shared/sla/policy'
import { type Instant, parseInstant } from '#shared/time/instant'
import { isZone } from '#shared/time/zone'
import { shippedCalendars } from '../../demo/terms'
import { PortalError } from '../../portal-error'

export type ImportOptions = {
  readonly file: string
  readonly plan: Plan
  readonly calendarId: string
  readonly zone: string
  readonly asOf: Instant | undefined
  readonly shiftToNow: boolean
  readonly data: string | undefined
  readonly report: string | undefined
}

const HINT = 'See: npm run portal -- import servicenow --help'

function parseValues(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        plan: { type: 'string', default: 'standard' },
        calendar: { type: 'string', default: 'emea-london' },
        zone: { type: 'string', default: 'UTC' },
        'as-of': { type: 'string' },
        'shift-to-now': { type: 'boolean', default: false },
        data: { type: 'string' },
        report: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new PortalError(`${reason}. ${HINT}`, { cause: error })
  }
}

/**
 * Reads the arguments after `import servicenow`.
 * @returns undefined when help was asked for
 * @throws PortalError naming the argument and what it may be
 */
export function readOptions(argv: readonly string[]): ImportOptions | undefined {
  const { values, positionals } = parseValues(argv)
  if (values.help) return undefined
  const [file, extra] = positionals
  if (file === undefined) throw new PortalError(`Which file? Name the CSV. ${HINT}`)
  if (extra !== undefined) throw new PortalError(`One file at a time: ${extra} is a second one. ${HINT}`)
  const plan = planSchema.safeParse(values.plan)
  if (!plan.success) {
    throw new PortalError(`--plan ${values.plan} is no plan: use ${planSchema.options.join(', ')}.`)
  }
  const ids = shippedCalendars.map(({ id }) => id)
  if (!ids.includes(values.calendar)) {
    throw new PortalError(`--calendar ${values.calendar} is no calendar: use one of ${ids.join(', ')}.`)
  }
  if (values.zone !== 'UTC' && !isZone(values.zone)) {
    throw new PortalError(`--zone ${values.zone} is no IANA zone: use a name such as Europe/London.`)
  }
  const asOf = values['as-of'] === undefined ? undefined : parseInstant(values['as-of'])
  if (values['as-of'] !== undefined && asOf === undefined) {
    throw new PortalError(
      `--as-of ${values['as-of']} is no instant: give date, time and offset, such as 2016-03-07T12:00Z.`,
    )
  }
  return {
    file,
    plan: plan.data,
    calendarId: values.calendar,
    zone: values.zone,
    asOf,
    shiftToNow: values['shift-to-now'],
    data: values.data,
    report: values.report,
  }
}
