import { infiniteQueryOptions } from '@tanstack/react-query'
import type { AuditAnswer } from '#core/api/people.ts'
import { answerOf, engine } from '../reach/ask-engine.ts'
import type { AuditQuestion } from './prepare-question.ts'

export const auditQuery = (question: AuditQuestion) =>
  infiniteQueryOptions({
    queryKey: ['audit', question],
    queryFn: ({ signal, pageParam }): Promise<AuditAnswer> => askPage({ ...question, ...nextOf(pageParam) }, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }: AuditAnswer) => next,
  })

const nextOf = (next: string) => (next === '' ? {} : { next })
const askPage = (query: AuditQuestion & { readonly next?: string; readonly limit?: number }, signal?: AbortSignal) =>
  answerOf(engine.GET('/audit', { params: { query }, ...(signal && { signal }) }))

const A_PAGE = 500

/** Every change that fits, newest first, up to so many; whether there are more. */
export async function askAll(
  question: AuditQuestion,
  most: number,
): Promise<{ readonly items: AuditAnswer['items']; readonly isCut: boolean }> {
  const items: AuditAnswer['items'] = []
  let next: string | null = ''
  while (next !== null && items.length < most) {
    const page: AuditAnswer = await askPage({ ...question, ...nextOf(next), limit: A_PAGE })
    items.push(...page.items)
    next = page.next
  }
  return { items: items.slice(0, most), isCut: next !== null || items.length > most }
}
