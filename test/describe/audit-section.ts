/** The list of what the audit may say, in `docs/people.md`. */
import { AUDIT_KINDS } from '#core/api/audit-kinds.ts'
import { withSection } from './made-section.ts'

export function withAuditKinds(page: string): string {
  const rows = Object.entries(AUDIT_KINDS).map(
    ([kind, { when, subject, says }]) => `| \`${kind}\` | ${when} | ${subject} | ${says} |`,
  )
  const head = ['| `what` | when | `subject` | `before` and `after` |', '| --- | --- | --- | --- |']
  return withSection(page, 'layers/core/api/audit-kinds.ts', [...head, ...rows].join('\n'))
}
