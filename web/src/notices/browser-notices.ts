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

export function browserNotices(): BrowserNotices {
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
  for (const listener of listeners) listener()
}

export const useBrowserNotices = (): BrowserNotices =>
  useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, browserNotices)

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
