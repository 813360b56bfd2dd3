import type { Priority } from '#shared/sla/policy'

export type TriageGuide = {
  /** In a few words, for a list. */
  readonly means: string
  readonly definition: string
  readonly examples: readonly string[]
}

/** What each priority is for, with examples (sla.md §1). */
export const triageGuide = {
  P1: {
    means: 'Unavailable, or hardly usable in real time',
    definition:
      'The service is unavailable, or its real-time operation is so degraded that the customer can hardly monitor and manage incidents.',
    examples: [
      'The service is down',
      'A critical part of the infrastructure can’t be reached',
      'It crashes or hangs without end',
      'A critical documented feature is missing',
    ],
  },
  P2: {
    means: 'Real-time operation moderately impaired',
    definition: 'Real-time operation is moderately impaired; work can go on in a restricted way.',
    examples: [
      'It is up, but badly slowed down',
      'An important feature is gone, with no acceptable workaround',
      'Access to a critical third-party application is affected',
    ],
  },
  P3: {
    means: 'Something that is not real-time is degraded',
    definition: 'Something that is not real-time is degraded: configuration, analytics or administration.',
    examples: [
      'It is partly degraded, with an acceptable workaround',
      'It is about a feature that is not critical',
      'Access to a third-party application that is not critical is affected',
    ],
  },
  P4: {
    means: 'A question, a wish, little or no impact',
    definition: 'A question, a feature request, or something with little or no impact.',
    examples: [
      'A minor problem that affects neither function nor delivery',
      'Documentation is missing or wrong',
      'It is a question or a feature request',
    ],
  },
} as const satisfies Record<Priority, TriageGuide>
