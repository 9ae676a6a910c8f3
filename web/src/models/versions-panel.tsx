import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { useMay } from '../people/account-context.ts'
import { Confirm } from '../people/confirm.tsx'
import { RefusedError } from '../reach/ask-engine.ts'
import classes from './models.module.css'
import { backTo } from './prepare-models.ts'
import { MODELS_KEY, modelsQuery, promote, rollBack } from './requests.ts'
import { percent, words } from './words.ts'

/** What is about to be decided, on what was there then; a version to promote, or going back to the one before. */
type Asked = { readonly seen: number } & ({ readonly promote: string } | { readonly back: string | null })

/** Every version with its scores and the reason why it serves or does not. */
export function VersionsPanel() {
  const answer = useQuery(modelsQuery)
  const client = useQueryClient()
  const mayDecide = useMay('models:decide')
  const [asked, ask] = useState<Asked | undefined>()
  const { data } = answer
  const back = data && backTo(data)
  const done = async () => {
    await client.invalidateQueries({ queryKey: MODELS_KEY })
    ask(undefined)
  }
  const close = () => ask(undefined)
  /** Where somebody was first, the list behind shows what is there now. */
  const refresh = async (refusal: unknown) => {
    await client.invalidateQueries({ queryKey: MODELS_KEY })
    throw refusal instanceof RefusedError && refusal.status === 409 ? new Error(words.decidedSince) : refusal
  }
  return (
    <Panel
      id="versions"
      title={words.versions}
      about={
        data &&
        (data.serving.version === null ? words.noModel(data.serving.baseline) : words.serving(data.serving.version))
      }
      state={panelStateOf(answer)}
      empty={data?.versions.length === 0 ? { title: words.noVersions, why: words.noVersionsWhy } : undefined}
      actions={
        mayDecide &&
        data !== undefined &&
        back !== undefined && (
          <button type="button" className={classes.button} onClick={() => ask({ back, seen: data.version })}>
            {words.rollback}
          </button>
        )
      }
      skeleton="table"
      flush
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label={words.everyVersion}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{words.columns.version}</th>
              <th scope="col" className={classes.right}>
                {words.columns.wape}
              </th>
              <th scope="col" className={classes.right}>
                {words.columns.wql}
              </th>
              <th scope="col" className={classes.right}>
                {words.columns.coverage}
              </th>
              <th scope="col">{words.columns.best}</th>
              <th scope="col">{words.columns.why}</th>
              {mayDecide && <td />}
            </tr>
          </thead>
          <tbody>
            {data?.versions.map(({ version, isServing, scores, bestBaseline, decision }) => (
              <tr key={version}>
                <th scope="row">
                  {version} {isServing && <strong>{words.serves}</strong>}
                </th>
                <td className={classes.right}>{percent(scores.model.wape)}</td>
                <td className={classes.right}>{percent(scores.model.weightedQuantileLoss)}</td>
                <td className={classes.right}>{percent(scores.model.coverage80)}</td>
                <td>
                  {bestBaseline}{' '}
                  <span className={classes.light}>
                    {percent(scores.baselines[bestBaseline]?.weightedQuantileLoss ?? null)}
                  </span>
                </td>
                <td>{decision.reason}</td>
                {mayDecide && (
                  <td>
                    {!isServing && (
                      <button
                        type="button"
                        className={classes.button}
                        onClick={() => ask({ promote: version, seen: data.version })}
                      >
                        {words.promote}
                      </button>
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {asked !== undefined && 'back' in asked && (
        <Confirm
          title={words.rollbackTitle(asked.back ?? words.simple)}
          does={words.rollback}
          run={() => rollBack(asked.seen).catch(refresh)}
          onDone={done}
          onClose={close}
        >
          {words.rollbackWhy}
        </Confirm>
      )}
      {asked !== undefined && 'promote' in asked && (
        <Confirm
          title={words.promoteTitle(asked.promote)}
          does={words.promote}
          run={() => promote(asked.promote, asked.seen).catch(refresh)}
          onDone={done}
          onClose={close}
        >
          {words.promoteWhy}
        </Confirm>
      )}
    </Panel>
  )
}
