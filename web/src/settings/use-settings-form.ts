import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useSentForm } from '../people/use-sent-form.ts'
import { RefusedError } from '../reach/ask-engine.ts'
import { changesTo, fieldOf, type Settings } from './prepare-settings.ts'
import { changeSettings, settingsQuery, showChanges } from './requests.ts'
import { nameOfSetting } from './setting-names.ts'

type Value = string | number | boolean

/** A form about some settings: sends those that were changed, from what was seen. */
export function useSettingsForm(settings: Settings, names: readonly string[]) {
  const client = useQueryClient()
  const [saved, setSaved] = useState(false)
  const valuesIn = (from: Settings): Record<string, Value> =>
    Object.fromEntries(names.flatMap((name) => (from.has(name) ? [[fieldOf(name), from.get(name)!.value]] : [])))
  const [seen, setSeen] = useState(settings)
  const beginWith = (present: Settings) => {
    setSeen(present)
    form.begin(valuesIn(present))
  }
  const form = useSentForm({
    from: valuesIn(settings),
    labels: Object.fromEntries(names.map((name) => [fieldOf(name), nameOfSetting(name)])),
    send: (values) => {
      setSaved(false)
      return changeSettings(changesTo(seen, values))
    },
    onDone: (changes) => {
      showChanges(client, changes)
      setSaved(changes.length > 0)
    },
  })
  // What somebody else decides shows, unless it would change under the fingers of whoever writes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the values alone decide
  useEffect(() => {
    if (!form.isDirty || saved) beginWith(settings)
  }, [JSON.stringify(valuesIn(settings))])
  const isConflict = form.error instanceof RefusedError && form.error.status === 409
  /** Asks what is decided now, and begins again from there. */
  const lookAgain = async () => {
    const { settings: present } = await client.fetchQuery({ ...settingsQuery, staleTime: 0 })
    beginWith(new Map(present.map((setting) => [setting.name, setting])))
  }
  return { form, saved: saved && !form.isDirty, isConflict, lookAgain }
}
