import { useEffect } from 'react'

/** The name in the browser's tab and history. */
export function usePageTitle(name: string): void {
  useEffect(() => {
    document.title = `${name} · Counterflow`
  }, [name])
}
