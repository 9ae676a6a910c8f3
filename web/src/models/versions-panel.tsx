import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { useMay } from '../people/account-context.ts'
import { Confirm } from '../people/confirm.tsx'
import classes from './models.module.css'
import { backTo } from './prepare-models.ts'
import { MODELS_KEY, modelsQuery, promote, rollBack } from './requests.ts'
import { percent, words } from './words.ts'

/** What is about to be decided; a version to promote, or going back. */
type Asked = { readonly promote: string } | 'rollback' | undefined

/** Every version with its scores and the reason why it serves or does not. */
export function VersionsPanel() {
  const answer = useQuery(modelsQuery)
  const client = useQueryClient()
  const mayDecide = useMay('models:decide')
  const [asked, ask] = useState<Asked>()
  const { data } = answer
  const back = data && backTo(data)
  const done = async () => {
    await client.invalidateQueries({ queryKey: MODELS_KEY })
    ask(undefined)
  }
  const close = () => ask(undefined)
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
        back !== undefined && (
          <button type="button" className={classes.button} onClick={() => ask('rollback')}>
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
                      <button type="button" className={classes.button} onClick={() => ask({ promote: version })}>
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
      {asked === 'rollback' && back !== undefined && (
        <Confirm
          title={words.rollbackTitle(back ?? words.simple)}
          does={words.rollback}
          run={rollBack}
          onDone={done}
          onClose={close}
        >
          {words.rollbackWhy}
        </Confirm>
      )}
      {typeof asked === 'object' && (
        <Confirm
          title={words.promoteTitle(asked.promote)}
          does={words.promote}
          run={() => promote(asked.promote)}
          onDone={done}
          onClose={close}
        >
          {words.promoteWhy}
        </Confirm>
      )}
    </Panel>
  )
}
