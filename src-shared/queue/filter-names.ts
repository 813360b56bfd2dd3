import { isEscalated } from './filter-states'
import { namedField } from './filter-words'
import { foldText, nameMatcher } from './fold-text'

const same = (wanted: string) => {
  const folded = foldText(wanted)
  return (name: string) => foldText(name) === folded
}

export const assigneeField = namedField({
  noun: 'agent',
  about: 'Who has the ticket',
  keywords: {
    me: { about: 'Me', test: (row, me) => row.assigneeId === me.id },
    nobody: { about: 'Nobody', also: ['none', 'unassigned'], test: (row) => row.assigneeId === undefined },
  },
  names: ({ agents }) => agents.map(({ name }) => name),
  finds: (wanted) => {
    const isName = nameMatcher(wanted)
    return (name, { agents }) => isName(name) || agents.some(({ id }) => id === wanted)
  },
  test: (wanted) => {
    const isName = nameMatcher(wanted)
    return (row) => row.assigneeId === wanted || (row.assignee !== undefined && isName(row.assignee))
  },
})

export const customerField = namedField({
  noun: 'customer',
  about: 'Whose ticket it is',
  keywords: {},
  names: ({ customers }) => customers.map(({ name }) => name),
  finds: (wanted) => {
    const isName = nameMatcher(wanted)
    return (name, { customers }) => isName(name) || customers.some(({ id }) => id === wanted)
  },
  test: (wanted) => {
    const isName = nameMatcher(wanted)
    return (row) => row.organizationId === wanted || isName(row.customer)
  },
})

export const regionField = namedField({
  noun: 'region',
  about: 'Region of the customer',
  keywords: { mine: { about: 'My region', test: (row, me) => row.region === me.region } },
  names: ({ regions }) => regions,
  finds: same,
  test: (wanted) => {
    const isSame = same(wanted)
    return (row) => isSame(row.region)
  },
})

export const escalatedField = namedField({
  noun: 'region',
  about: 'Region whose backline was asked',
  keywords: {
    mine: { about: 'My region', test: (row, me) => isEscalated(row) && row.escalation?.to === me.region },
  },
  names: ({ regions }) => regions,
  finds: same,
  test: (wanted) => {
    const isSame = same(wanted)
    return (row) => isEscalated(row) && isSame(row.escalation?.to ?? '')
  },
})

export const tagField = namedField({
  noun: 'tag',
  about: 'A tag on the ticket',
  keywords: {},
  names: ({ tags }) => tags,
  finds: same,
  test: (wanted) => {
    const isSame = same(wanted)
    return (row) => row.tags.some(isSame)
  },
})

export const issueField = namedField({
  noun: 'product issue',
  about: "Waits for an issue in R&D's tracker",
  keywords: {},
  names: ({ issues }) => issues,
  finds: same,
  test: (wanted) => {
    const isSame = same(wanted)
    return (row) => row.productIssueKeys.some(isSame)
  },
})
