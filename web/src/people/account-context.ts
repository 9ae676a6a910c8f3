import { createContext, useContext } from 'react'
import type { Right } from '#core/access/rights.ts'
import type { AccountAnswer } from '#core/api/people.ts'

/** Whoever is signed in. */
export const AccountContext = createContext<AccountAnswer | undefined>(undefined)

export function useAccount(): AccountAnswer {
  const account = useContext(AccountContext)
  if (account === undefined) throw new Error('useAccount is called outside AccountContext')
  return account
}

/** Whether they may: what they may not is not offered. The engine decides it again. */
export const useMay = (right: Right): boolean => useAccount().rights.includes(right)
