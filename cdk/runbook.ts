/** The pages of docs/runbook, one for each kind of alarm; a test finds an alarm without one, and one without an alarm. */
export type Page =
  | 'api-fails'
  | 'api-slow'
  | 'batch-given-up'
  | 'chain-fails'
  | 'documents-held'
  | 'function-fails'
  | 'function-throttled'
  | 'sockets-fail'
  | 'stream-behind'
  | 'stream-full'
  | 'table-reads-throttled'
  | 'table-writes-throttled'
  | 'version-rolled-back'

/** The end of an alarm's text: whoever is woken by it finds the page. */
export const whatToDo = (page: Page): string => `What to do: docs/runbook/${page}.md`
