import address from './service-worker.ts?worker&url'

/** Lets the dashboard open without a network. Browsers allow it on https and on this machine alone; it does without elsewhere. */
export function keepForOffline(): void {
  if (!('serviceWorker' in navigator)) return
  const register = () =>
    void navigator.serviceWorker.register(address, { scope: import.meta.env.BASE_URL }).catch(() => undefined)
  // After the page: nothing of it waits for what is kept for later.
  if (document.readyState === 'complete') register()
  else addEventListener('load', register, { once: true })
}
