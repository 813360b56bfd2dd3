import { z } from 'zod'
import { planSchema } from '../sla/policy'
import { regionSchema } from './ticket'

const id = z.string().min(1).max(100)
const name = z.string().min(1).max(200)

/** L1 works tickets, backline takes escalations, supervisors reassign and change rota and policies. */
export const roleSchema = z.enum(['l1', 'backline', 'supervisor'])
export type Role = z.infer<typeof roleSchema>

export const agentSchema = z.object({
  id,
  name,
  email: z.string().max(320),
  role: roleSchema,
  region: regionSchema,
})
export type Agent = z.infer<typeof agentSchema>

/** A customer: its plan, region, calendar and policy apply to tickets created from now on. */
export const organizationSchema = z.object({
  id,
  name,
  plan: planSchema,
  region: regionSchema,
  calendarId: id,
  policyId: id,
  zone: z.string().max(60),
})
export type Organization = z.infer<typeof organizationSchema>

export const contactSchema = z.object({
  id,
  organizationId: id,
  name,
  email: z.string().max(320).optional(),
})
export type Contact = z.infer<typeof contactSchema>
