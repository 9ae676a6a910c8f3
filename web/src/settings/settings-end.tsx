import { FormEnd } from '../people/fields.tsx'
import people from '../people/people.module.css'
import type { useSettingsForm } from './use-settings-form.ts'
import { words } from './words.ts'

/** The end of a form of settings: why nothing was changed, the way on, and the button. */
export function SettingsEnd({ form, saved, isConflict, lookAgain }: ReturnType<typeof useSettingsForm>) {
  return (
    <FormEnd form={form} among does={words.save}>
      {isConflict && (
        <button type="button" className={people.secondary} onClick={() => void lookAgain()}>
          {words.showNow}
        </button>
      )}
      <span role="status" className={people.said}>
        {saved ? words.saved : ''}
      </span>
    </FormEnd>
  )
}
