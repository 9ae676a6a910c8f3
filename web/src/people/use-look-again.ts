import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { accountQuery } from './requests.ts'

/** The terminal's link is opened in another tab: back here, the cookie is there. */
export function useLookAgain(): void {
  const client = useQueryClient()
  useEffect(() => {
    const lookAgain = () => void client.refetchQueries({ queryKey: accountQuery.queryKey })
    window.addEventListener('focus', lookAgain)
    return () => window.removeEventListener('focus', lookAgain)
  }, [client])
}
