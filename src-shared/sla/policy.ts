import { z } from 'zod'

/** The three plans a customer may have (sla.md §1). */
export const planSchema = z.enum(['standard', 'premium', 'premium-plus'])
export type Plan = z.infer<typeof planSchema>

/** P1 is the most urgent (sla.md §1). */
export const prioritySchema = z.enum(['P1', 'P2', 'P3', 'P4'])
export type Priority = z.infer<typeof prioritySchema>

export const statusSchema = z.enum(['open', 'waiting-on-customer', 'on-hold', 'solved', 'closed'])
export type Status = z.infer<typeof statusSchema>

export const conventionSchema = z.enum(['working-time', 'end-of-day', 'same-time'])
export type Convention = z.infer<typeof conventionSchema>

/** How soon something is due (sla.md §3). `hours` may be fractional, `days` is a whole number. */
export const targetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('clock'), hours: z.number().positive() }),
  z.strictObject({ kind: z.literal('businessHours'), hours: z.number().positive() }),
  z.strictObject({
    kind: z.literal('businessDays'),
    days: z.number().int().positive(),
    convention: conventionSchema,
  }),
  z.strictObject({ kind: z.literal('proposed') }),
])
export type Target = z.infer<typeof targetSchema>

export const targetNameSchema = z.enum(['firstResponse', 'resolution'])
export type TargetName = z.infer<typeof targetNameSchema>

const byPlan = z.record(planSchema, targetSchema)
const byPriority = z.record(prioritySchema, byPlan)
const share = z.number().gt(0).lt(1)

/** The part of a policy that the report of a ticket needs; the cases of `sla -- tickets` carry just this. */
export const slaTermsSchema = z.object({
  targets: z.record(targetNameSchema, byPriority),
  pausesWhile: z.record(targetNameSchema, z.array(statusSchema)),
})
export type SlaTerms = z.infer<typeof slaTermsSchema>

const countedTargetSchema = targetSchema.refine((target) => target.kind !== 'proposed', {
  error: "must count from a start: 'clock', 'businessHours' or 'businessDays'",
})

/**
 * What a team asks of itself. It is no part of the offering, no customer is told of it, and no report of the contract
 * knows it (internal.ts). `stretch` are targets tighter than the contract's. `updates` say how soon, while a ticket has
 * one of the statuses of `while`, a customer who was answered hears from an agent again.
 */
export const internalTargetsSchema = z.strictObject({
  description: z.string().min(1).max(500),
  stretch: z.partialRecord(
    targetNameSchema,
    z.partialRecord(prioritySchema, z.partialRecord(planSchema, countedTargetSchema)),
  ),
  updates: z
    .strictObject({
      while: z.array(statusSchema.exclude(['solved', 'closed'])).min(1),
      every: z.partialRecord(prioritySchema, countedTargetSchema),
    })
    .optional(),
})
export type InternalTargets = z.infer<typeof internalTargetsSchema>

const setting = <T extends z.ZodType>(value: T) =>
  z.strictObject({ value, description: z.string().min(1).max(500) })

/**
 * What the offering leaves open, settled in the pack with words for people (sla.md §1, last paragraph). A setting
 * with one value has one because the engine knows no other; a pack that asks for another is refused, not misread.
 */
export const policySettingsSchema = z.strictObject({
  hours: setting(z.literal('clock')),
  businessDays: setting(z.literal('customer-calendar-at-start')),
  firstResponsePauses: setting(z.array(statusSchema)),
  resolutionPauses: setting(z.array(statusSchema)),
  plan: setting(z.literal('at-creation')),
  convention: setting(conventionSchema),
  priorityChange: setting(z.literal('retroactive')),
})
export type PolicySettings = z.infer<typeof policySettingsSchema>

/** Why a stretch target is none: it asks for no more than the contract does. Targets of different kinds are not compared. */
function tooLoose(stretch: Target, contract: Target): string | undefined {
  if (stretch.kind === 'proposed' || contract.kind === 'proposed') return undefined
  if (stretch.kind === 'businessDays' && contract.kind === 'businessDays') {
    const isLoose = stretch.convention === contract.convention && stretch.days >= contract.days
    return isLoose ? `must be less than the ${contract.days} business days of the contract` : undefined
  }
  if (stretch.kind === 'businessDays' || contract.kind === 'businessDays') return undefined
  const isLoose = stretch.kind === contract.kind && stretch.hours >= contract.hours
  return isLoose ? `must be less than the ${contract.hours} hours of the contract` : undefined
}

function targetsOf(terms: SlaTerms): { path: [TargetName, Priority, Plan]; target: Target }[] {
  return targetNameSchema.options.flatMap((name) =>
    prioritySchema.options.flatMap((priority) =>
      planSchema.options.map((plan) => ({
        path: [name, priority, plan],
        target: terms.targets[name][priority][plan],
      })),
    ),
  )
}

/** A policy pack: `resources/policies/*.json`. `thresholds` are shares of the target at which alerts fire. */
export const policySchema = slaTermsSchema
  .extend({
    id: z.string().min(1).max(100),
    version: z.string().min(1).max(50),
    name: z.string().min(1).max(200),
    thresholds: z.record(targetNameSchema, z.array(share)),
    alertPriorities: z.array(prioritySchema),
    settings: policySettingsSchema.optional(),
    internal: internalTargetsSchema.optional(),
  })
  .superRefine((policy, context) => {
    for (const { path, target } of targetsOf(policy)) {
      const [name, priority, plan] = path
      const stretch = policy.internal?.stretch[name]?.[priority]?.[plan]
      const message = stretch === undefined ? undefined : tooLoose(stretch, target)
      if (message === undefined) continue
      context.addIssue({
        code: 'custom',
        path: ['internal', 'stretch', ...path],
        message,
        input: policy,
      })
    }
  })
  .superRefine((policy, context) => {
    const { settings } = policy
    if (settings === undefined) return
    const refuse = (setting: keyof PolicySettings, message: string) =>
      context.addIssue({ code: 'custom', path: ['settings', setting, 'value'], message, input: policy })
    // What people read of a policy and what the engine does of it are the same thing, or the pack is refused.
    for (const [name, setting] of [
      ['firstResponse', 'firstResponsePauses'],
      ['resolution', 'resolutionPauses'],
    ] as const) {
      const stated = [...settings[setting].value].sort().join(', ')
      if (stated !== [...policy.pausesWhile[name]].sort().join(', ')) {
        refuse(setting, `must name the same statuses as pausesWhile.${name}`)
      }
    }
    const other = targetsOf(policy).find(
      ({ target }) => target.kind === 'businessDays' && target.convention !== settings.convention.value,
    )
    if (other) refuse('convention', `must be the convention of targets.${other.path.join('.')} too`)
  })
export type Policy = z.infer<typeof policySchema>
