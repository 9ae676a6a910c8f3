import { useEffect, useRef, useSyncExternalStore } from 'react'

type Shortcut = { readonly keys: string; readonly does: string; readonly run: () => void }

const active = new Map<string, Shortcut>()
const listeners = new Set<() => void>()
let listed: readonly Shortcut[] = []

function changed() {
  // Single keys first, then those that lead somewhere.
  listed = [...active.values()].sort((a, b) => a.keys.length - b.keys.length || (a.keys < b.keys ? -1 : 1))
  for (const listener of listeners) listener()
}

/** A key of this page while the calling component is mounted. `keys`: one key, or two pressed in turn ('g o'). */
export function useShortcut(keys: string, does: string, run: () => void): void {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    const shortcut: Shortcut = { keys, does, run: () => latest.current() }
    active.set(keys, shortcut)
    changed()
    return () => {
      if (active.get(keys) === shortcut) active.delete(keys)
      changed()
    }
  }, [keys, does])
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Keys of one character are a help to most and a trap to those who speak to their computer: they can be switched off. */
const STORED_AS = 'counterflow-single-keys'
let singleKeys = readSingleKeys()

function readSingleKeys(): boolean {
  try {
    return localStorage.getItem(STORED_AS) !== 'off'
  } catch {
    return true
  }
}

export function setSingleKeys(on: boolean) {
  singleKeys = on
  try {
    localStorage.setItem(STORED_AS, on ? 'on' : 'off')
  } catch {
    // Not kept for the next visit.
  }
  changed()
}

const PAIR_WITHIN_MS = 1000

/** Listens to the keys. One of them is mounted. */
export function useShortcutKeys(): void {
  useEffect(() => {
    let first = { key: '', at: 0 }
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      const writing = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
      if (event.ctrlKey || event.metaKey || event.altKey || writing || !singleKeys) return
      // A dialog has the keyboard to itself.
      if (document.querySelector('[aria-modal="true"]') !== null) return
      const pair = event.timeStamp - first.at < PAIR_WITHIN_MS ? `${first.key} ${event.key}` : ''
      const shortcut = active.get(pair) ?? active.get(event.key)
      first = { key: event.key, at: event.timeStamp }
      if (shortcut === undefined) return
      event.preventDefault()
      shortcut.run()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

/** What works now: single keys first. */
export const useListedShortcuts = (): readonly Shortcut[] => useSyncExternalStore(subscribe, () => listed)
/** Whether keys of one character work. */
export const useSingleKeys = (): boolean => useSyncExternalStore(subscribe, () => singleKeys)
