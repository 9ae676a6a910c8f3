import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useGoTo } from '../frame/page-path.ts'
import { PlayIcon } from '../icons.tsx'
import { runPath } from '../paths.ts'
import form from '../people/people.module.css'
import { messageOf } from '../people/prepare-refusal.ts'
import { RUNS, runQuery, startRun } from './requests.ts'
import classes from './runs.module.css'
import { words } from './words.ts'

/** Has a chain run now, for the last day that is over, and goes to the run. */
export function RunNow() {
  const client = useQueryClient()
  const goTo = useGoTo()
  const [chain, setChain] = useState(Object.keys(words.chains)[0]!)
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => startRun({ chain }),
    onSuccess: (run) => {
      client.setQueryData(runQuery(run.id).queryKey, run)
      void client.invalidateQueries({ queryKey: [RUNS] })
      goTo(runPath(run.id))
    },
  })
  return (
    <div className={classes.again}>
      {error !== null && (
        <span className={classes.refused} role="alert">
          {words.again.refused(messageOf(error))}
        </span>
      )}
      <label className={classes.from}>
        {words.which}
        <select value={chain} onChange={(event) => setChain(event.currentTarget.value)}>
          {Object.entries(words.chains).map(([id, { name, about }]) => (
            <option key={id} value={id}>
              {name}: {about}
            </option>
          ))}
        </select>
      </label>
      <button type="button" className={form.primary} disabled={isPending} onClick={() => mutate()}>
        <PlayIcon size={16} /> {isPending ? words.again.asking : words.runNow}
      </button>
    </div>
  )
}
