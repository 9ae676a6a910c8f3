import type { AccountAnswer } from '#core/api/people.ts'

/** An owner without a password gets in by the terminal's link alone. `askAgainAt`: when they want to be asked next, epoch ms. */
export const isAskedForPassword = (
  { role, hasPassword }: Pick<AccountAnswer, 'role' | 'hasPassword'>,
  askAgainAt: number,
  nowMs: number,
): boolean => role === 'owner' && !hasPassword && nowMs >= askAgainAt
