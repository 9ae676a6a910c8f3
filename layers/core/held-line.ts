/** What the log of a function says when documents were held: an alarm of `cdk` looks for these words. */
export const HELD_LINE = 'documents were held'
