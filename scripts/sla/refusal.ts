/** What a person asked for cannot be done; the message says what is wrong and what would be right. */
export class Refusal extends Error {}
