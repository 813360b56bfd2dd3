import { type Policy, policySchema } from '#shared/sla/policy'
import { type Calendar, calendarSchema } from '#shared/time/calendar'
import chicago from '../../resources/calendars/amer-chicago.json' with { type: 'json' }
import losAngeles from '../../resources/calendars/amer-los-angeles.json' with { type: 'json' }
import newYork from '../../resources/calendars/amer-new-york.json' with { type: 'json' }
import bangalore from '../../resources/calendars/apac-bangalore.json' with { type: 'json' }
import singapore from '../../resources/calendars/apac-singapore.json' with { type: 'json' }
import sydney from '../../resources/calendars/apac-sydney.json' with { type: 'json' }
import tokyo from '../../resources/calendars/apac-tokyo.json' with { type: 'json' }
import berlin from '../../resources/calendars/emea-berlin.json' with { type: 'json' }
import london from '../../resources/calendars/emea-london.json' with { type: 'json' }
import telAviv from '../../resources/calendars/emea-tel-aviv.json' with { type: 'json' }
import policyJson from '../../resources/policies/bigpanda.json' with { type: 'json' }

/** The policy pack and calendars that the product ships with. */
export const shippedPolicy: Policy = policySchema.parse(policyJson)

export const shippedCalendars: readonly Calendar[] = [
  newYork,
  chicago,
  losAngeles,
  london,
  berlin,
  telAviv,
  bangalore,
  singapore,
  tokyo,
  sydney,
].map((json) => calendarSchema.parse(json))

export function shippedCalendar(id: string): Calendar {
  const calendar = shippedCalendars.find((candidate) => candidate.id === id)
  if (!calendar) throw new Error(`no calendar "${id}" is shipped`)
  return calendar
}
