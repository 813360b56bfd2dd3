/** The calls of a desk, as rules name them. */
export type Call = 'session' | 'bootstrap' | 'changes' | 'commands' | 'stream'

/** How an answer of the real portal is spoiled on its way. */
export type Edit = (answer: Page, asked: Question) => Page | Promise<Page>

export type Question = {
  /** The position asked from. */
  readonly after: string | undefined
  /** How often this rule has hit, 1 at first. */
  readonly times: number
  /** The answer that was passed on before this one. */
  readonly before: Page | undefined
  /** What the portal says to the same question with another position. */
  readonly from: (after: string) => Promise<Page>
}

/** A page as it travels; what an edit does not know of stays as it is. */
export type Page = {
  readonly records: readonly WireRecord[]
  readonly cursor?: string
  readonly next?: string
  readonly more?: boolean
  readonly results?: readonly { readonly id: string }[]
  readonly [field: string]: unknown
}
export type WireRecord = {
  readonly kind: string
  readonly id: string
  readonly version: number
  readonly value?: unknown
}

/** An answer that is not the portal's. */
export type Canned = {
  readonly status: number
  readonly body?: string
  /** Instead of a body: a page with nothing on it and a new position each time. */
  readonly endless?: 'bootstrap' | 'changes'
  readonly type?: string
  readonly location?: string
  /** `Retry-After`: seconds as they are, or a date that is this many ms away by the portal's clock. */
  readonly retryAfter?: number | { readonly dateInMs: number }
}

/** What the proxy does with one request. */
export type Fault =
  /** The request is swallowed. */
  | { readonly kind: 'never answers' }
  /** The connection is reset before the portal hears of it. */
  | { readonly kind: 'reset' }
  /** The portal does what was asked; its answer is lost by a reset, or never comes. */
  | { readonly kind: 'answer lost'; readonly by: 'reset' | 'silence' }
  /** Half of the answer, then a reset, or an early end, or as if that were all; or half of the gzipped answer. */
  | { readonly kind: 'half'; readonly ends: 'by reset' | 'early' | 'as if whole' | 'in gzip' }
  | { readonly kind: 'answers'; readonly answer: Canned }
  /** The answer comes in pieces of `bytes`, one each `everyMs`. */
  | { readonly kind: 'drips'; readonly bytes: number; readonly everyMs: number }
  | { readonly kind: 'spoils'; readonly edit: Edit }
  /** The answer to the request before, whatever is asked now. */
  | { readonly kind: 'repeats' }
  /** Without the header that says the portal's time. */
  | { readonly kind: 'hides the time' }
  /** A body that begins like a page and goes on for `bytes`. */
  | { readonly kind: 'floods'; readonly bytes: number }
  /** A stream that opens and then: is cut, says nothing at all, nothing but that it lives, or what no portal says. */
  | {
      readonly kind: 'stream'
      readonly then: 'cut' | 'silence' | 'only heartbeats' | 'rubbish' | 'endless line'
    }

export type Rule = {
  readonly on: Call | 'everything'
  /** Only requests whose body has this in it. */
  readonly holding?: string
  readonly fault: Fault
  /** Requests of this call that pass before it. */
  readonly after?: number
  /** How many requests it hits; all of them until it is taken away when left out. */
  readonly times?: number
}
