/** Messages of the browser itself: of this browser alone, and only where somebody asked for them. */
import { useSyncExternalStore } from 'react'

const STORED_AS = 'counterflow-browser-notices'
const listeners = new Set<() => void>()

export type BrowserNotices = 'on' | 'off' | /** The browser was told not to. */ 'denied' | /** It has none. */ 'none'

function wanted(): boolean {
  try {
    return localStorage.getItem(STORED_AS) === 'on'
  } catch {
    return false
  }
}

function readState(): BrowserNotices {
  if (!('Notification' in window)) return 'none'
  if (Notification.permission === 'denied') return 'denied'
  return wanted() && Notification.permission === 'granted' ? 'on' : 'off'
}

/** Asks the browser, where it has not been asked. Only ever after a click. */
export async function switchBrowserNotices(on: boolean): Promise<void> {
  if (on && Notification.permission === 'default') await Notification.requestPermission()
  try {
    localStorage.setItem(STORED_AS, on ? 'on' : 'off')
  } catch {
    // Not kept for the next visit.
  }
  look()
}

/** To read it takes the browser longer than to draw what depends on it: it is read again where it may have changed. */
let state: BrowserNotices | undefined

function look(): void {
  state = readState()
  for (const listener of listeners) listener()
}

export const useBrowserNotices = (): BrowserNotices => useSyncExternalStore(listen, () => (state ??= readState()))

function listen(listener: () => void): () => void {
  listeners.add(listener)
  document.addEventListener('visibilitychange', look)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) document.removeEventListener('visibilitychange', look)
  }
}

/** One message; a click on it leads to the page. `tag`: the same again takes the place of the one before. */
export function sayInBrowser(title: string, body: string, tag: string, onClick: () => void): void {
  try {
    const message = new Notification(title, { body, tag })
    message.onclick = () => {
      window.focus()
      onClick()
      message.close()
    }
  } catch {
    // Some phones have no messages without a service worker; the bell has it all.
  }
}
