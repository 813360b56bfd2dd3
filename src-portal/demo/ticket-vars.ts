import type { Instant } from '#shared/time/instant'
import { fill, type Vars } from './fill'
import type { Random } from './random'
import { type Customer, phrases, type Scenario } from './scenery'
import { clockText, weekday, workday } from './told-times'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const INTEGRATIONS = [
  'Datadog', 'Dynatrace', 'New Relic', 'Prometheus', 'Zabbix', 'Nagios', 'SolarWinds', 'Splunk', 'AppDynamics',
  'Checkmk', 'PRTG', 'Icinga', 'LogicMonitor', 'Grafana', 'Elastic', 'Instana', 'ThousandEyes', 'SCOM', 'Sensu',
] as const // biome-ignore format: a word list
const TAGS = ['owner_team', 'site', 'service', 'business_unit', 'runbook', 'location', 'tier', 'support_group', 'ci_name', 'app_id'] as const // biome-ignore format: a word list
const MAPS = ['cmdb_hosts', 'site_by_subnet', 'app_owner', 'store_master', 'escalation_matrix', 'ip_to_site', 'service_catalogue', 'rack_location', 'vendor_contracts'] as const // biome-ignore format: a word list
const USERS = ['Anders', 'Birgit', 'Carlos', 'Divya', 'Emma', 'Farid', 'Gloria', 'Henrik', 'Ivana', 'Jorge', 'Kwabena', 'Leila', 'Martin', 'Nadia', 'Otto', 'Pascale', 'Quentin', 'Rosa', 'Stella', 'Tuan', 'Ulla', 'Viktor', 'Wendy', 'Xavi', 'Yusuf', 'Zoe'] as const // biome-ignore format: a word list
const HOSTS = [
  'app',
  'db',
  'mon',
  'web',
  'edge',
  'core-sw',
  'fw',
  'esx',
  'k8s-node',
  'col',
  'lb',
  'mq',
  'san',
] as const
const SITES = ['prd', 'dc1', 'dc2', 'hq', 'dr', 'az1'] as const
const FOREIGN = ['wintergreen-vm-014', 'oakfield-sql02', 'lantern-prod-web7', 'brisk-edge-03'] as const
const CLUSTERS = { AMER: ['us-east-1', 'us-west-2'], EMEA: ['eu-west-1', 'eu-central-1'], APAC: ['ap-southeast-1', 'ap-northeast-1'] } as const // biome-ignore format: a table

function cityOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
}

type VarsInput = {
  readonly customer: Customer
  readonly zone: string
  readonly scenario: Scenario
  readonly createdAt: Instant
  readonly random: Random
}

/** The values that stay the same through the conversation of a ticket: hosts, codes, counts, names. */
export function ticketVars({ customer, zone, scenario, createdAt, random }: VarsInput): Vars {
  const host = () =>
    `${customer.code}-${random.pick(SITES)}-${random.pick(HOSTS)}-${String(random.int(1, 24)).padStart(2, '0')}`
  const hex = (length: number) => random.uuid().replaceAll('-', '').slice(0, length)
  const [service = 'gateway', service2 = 'portal'] = random.shuffle(
    phrases.industries[customer.industry] ?? [],
  )
  const minor = random.int(8, 21)
  const network = `${random.pick([185, 91, 203, 62, 178])}.${random.int(20, 240)}.${random.int(1, 250)}`
  const common: Vars = {
    org: customer.name,
    host: host(),
    host2: host(),
    service,
    service2,
    integration: random.pick(INTEGRATIONS),
    tag: random.pick(TAGS),
    map: random.pick(MAPS),
    user: random.pick(USERS),
    cluster: random.pick(CLUSTERS[customer.region]),
    city: cityOf(zone),
    env: random.pick(['production', 'our production organisation', 'the production environment']),
    incident: `INC-${hex(6)}`,
    rid: hex(12),
    ruleId: `p-${hex(5)}`,
    tail: hex(4),
    caseRef: String(random.int(2_100_000, 8_900_000)),
    pi: `${random.pick(['CORE', 'INGEST', 'UI', 'PLAT'])}-${random.int(2100, 7900)}`,
    count: String(random.int(18, 740)),
    many: `${random.int(2, 86)},${String(random.int(0, 999)).padStart(3, '0')}`,
    percent: String(random.int(12, 88)),
    minutes: String(random.int(12, 55)),
    hours: String(random.int(2, 9)),
    n: String(random.int(2, 9)),
    ip: `${network}.${random.int(2, 90)}`,
    ip2: `${network}.${random.int(91, 250)}`,
    foreignHost: random.pick(FOREIGN),
    version: `4.${minor}.${random.int(0, 6)}`,
    version_new: `4.${minor + random.int(1, 2)}.${random.int(0, 3)}`,
    since: clockText(createdAt - random.int(6, 48) * MINUTE_MS),
    day: weekday(workday(createdAt + random.int(3, 8) * DAY_MS)),
    pastday: weekday(createdAt - random.int(1, 5) * DAY_MS),
  }
  const own = Object.entries(scenario.vars).map(
    ([name, values]) => [name, fill(random.pick(values), common, random)] as const,
  )
  return { ...common, ...Object.fromEntries(own) }
}
