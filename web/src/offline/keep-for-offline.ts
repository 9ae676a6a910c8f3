import address from './service-worker.ts?worker&url'

const LATER_MS = 3000

/** Lets the dashboard open without a network. Browsers allow it on https and on this machine alone; it does without elsewhere. */
export function keepForOffline(): void {
  if (!('serviceWorker' in navigator)) return
  const register = () =>
    void navigator.serviceWorker.register(address, { scope: import.meta.env.BASE_URL }).catch(() => undefined)
  // Well after the page: nothing of it waits for what is kept for later.
  const later = () => setTimeout(register, LATER_MS)
  if (document.readyState === 'complete') later()
  else addEventListener('load', later, { once: true })
}
