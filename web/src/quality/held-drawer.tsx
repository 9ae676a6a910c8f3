import { Button, Drawer, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { DoneIcon, WarningIcon } from '../icons.tsx'
import { useMay } from '../people/account-context.ts'
import { messageOf } from '../people/prepare-refusal.ts'
import { RefusedError } from '../reach/ask-engine.ts'
import { DiscardDialog } from './discard-dialog.tsx'
import { type DiffLine, diffOf, faultIn, laidOut, saysTheSame, shortened } from './prepare-document.ts'
import { problemText } from './prepare-held.ts'
import classes from './quality.module.css'
import { heldQuery, MOVED_BY_QUARANTINE, replay } from './requests.ts'
import { words } from './words.ts'

type Props = { readonly id: string; readonly onClose: () => void }

/** One document that was set aside: why, what came, and the way out of it. */
export function HeldDrawer({ id, onClose }: Props) {
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={720}
      title={words.held.title(id)}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': words.held.close }}
      classNames={{ content: classes.drawer!, header: classes.drawerHead!, title: classes.drawerTitle! }}
    >
      <HeldDocument key={id} id={id} />
    </Drawer>
  )
}

/** After a word about it the engine takes a moment. */
const LOOK_AGAIN_MS = 400

function HeldDocument({ id }: { readonly id: string }) {
  const client = useQueryClient()
  const may = useMay('quarantine:decide')
  /** How often it had been tried when somebody last said something about it; null: nobody has yet. */
  const [saidAt, setSaidAt] = useState<number | null>(null)
  const { data, error } = useQuery({
    ...heldQuery(id),
    refetchInterval: ({ state }) =>
      saidAt !== null && state.data?.status === 'held' && state.data.attempts === saidAt ? LOOK_AGAIN_MS : false,
  })
  const [text, setText] = useState<string | null>(null)
  const [discarding, setDiscarding] = useState(false)
  const said = () => {
    setSaidAt(data?.attempts ?? 0)
    for (const queryKey of MOVED_BY_QUARANTINE) void client.invalidateQueries({ queryKey: [...queryKey] })
  }
  const trying = useMutation({ mutationFn: (document: string | undefined) => replay(id, document), onSuccess: said })
  const isSettled = saidAt !== null && (data?.status !== 'held' || data.attempts > saidAt)
  useEffect(() => {
    if (isSettled)
      for (const queryKey of MOVED_BY_QUARANTINE) void client.invalidateQueries({ queryKey: [...queryKey] })
  }, [client, isSettled])

  const original = useMemo(() => (data === undefined ? '' : laidOut(data.document)), [data])
  if (data === undefined) {
    const isGone = error instanceof RefusedError && error.status === 410
    return (
      <div className={classes.drawerBody}>
        <p role={error === null ? 'status' : 'alert'}>
          {error === null ? words.held.loading : isGone ? words.held.bytesGone : messageOf(error)}
        </p>
        {isGone && may && (
          <Button variant="default" onClick={() => setDiscarding(true)}>
            {words.held.discard}
          </Button>
        )}
        {discarding && <DiscardDialog id={id} onDone={said} onClose={() => setDiscarding(false)} />}
      </div>
    )
  }
  const isText = data.encoding === 'utf-8'
  const edited = text ?? original
  const isMended = !saysTheSame(edited, original)
  const fault = isText && isMended ? faultIn(edited) : null
  const canChange = may && data.status === 'held'
  return (
    <div className={classes.drawerBody}>
      <section aria-labelledby="held-why">
        <h3 id="held-why">{words.held.why}</h3>
        <ul className={classes.reasons}>
          {data.problems.map((problem) => (
            <li key={`${problem.field} ${problem.message}`}>
              <WarningIcon size={16} />
              {problemText(problem)}
            </li>
          ))}
        </ul>
      </section>
      <Outcome
        isWaiting={saidAt !== null && !isSettled}
        isSettled={isSettled}
        status={data.status}
        reason={data.problems[0] && problemText(data.problems[0])}
      />
      <section className={classes.document}>
        <h3>{words.held.raw}</h3>
        {!isText && <p className={classes.note}>{words.held.base64}</p>}
        {canChange && isText ? (
          <Textarea
            label={words.editor.label}
            description={words.editor.hint}
            error={fault ?? refusalOf(trying.error)}
            value={edited}
            onChange={(event) => setText(event.currentTarget.value)}
            autosize
            minRows={8}
            maxRows={22}
            spellCheck={false}
            autoCapitalize="none"
            classNames={{ input: classes.editor! }}
          />
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard too
          <pre className={classes.raw} tabIndex={0}>
            {original}
          </pre>
        )}
      </section>
      {canChange && isText && isMended && <Diff lines={diffOf(original, edited)} />}
      {canChange ? (
        <div className={classes.actions}>
          <Button
            className={classes.primary!}
            loading={trying.isPending}
            disabled={fault !== null}
            onClick={() => trying.mutate(isMended ? edited : undefined)}
          >
            {isMended ? words.held.replayMended : words.held.replay}
          </Button>
          {isMended && (
            <Button variant="default" onClick={() => setText(null)}>
              {words.held.reset}
            </Button>
          )}
          <Button variant="default" className={classes.grave!} onClick={() => setDiscarding(true)}>
            {words.held.discard}
          </Button>
        </div>
      ) : (
        data.status === 'held' && <p className={classes.note}>{words.quarantine.mayNot}</p>
      )}
      {discarding && <DiscardDialog id={id} onDone={said} onClose={() => setDiscarding(false)} />}
    </div>
  )
}

/** What the engine says of the text, or why it said nothing. What was written stays. */
const refusalOf = (error: Error | null): string | null => {
  if (error === null) return null
  const problems = error instanceof RefusedError ? error.problems.map(problemText) : []
  return problems.length === 0 ? messageOf(error) : problems.join('. ')
}

type OutcomeProps = {
  readonly isWaiting: boolean
  readonly isSettled: boolean
  readonly status: 'held' | 'replayed' | 'discarded'
  readonly reason: string | undefined
}

function Outcome({ isWaiting, isSettled, status, reason = '' }: OutcomeProps) {
  const said = isWaiting
    ? words.held.waiting
    : isSettled
      ? status === 'held'
        ? words.held.stillHeld(reason)
        : status === 'replayed'
          ? words.held.applied
          : words.held.discardedNow
      : status === 'held'
        ? ''
        : words.held.over[status]
  const isGood = status === 'replayed'
  return (
    <p className={classes.outcome} role="status" data-good={isGood || undefined} hidden={said === ''}>
      {said !== '' && (isGood ? <DoneIcon size={16} /> : <WarningIcon size={16} />)}
      {said}
    </p>
  )
}

function Diff({ lines }: { readonly lines: readonly DiffLine[] }) {
  return (
    <section aria-labelledby="held-diff">
      <h3 id="held-diff">{words.held.changed}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard too */}
      <div className={classes.diff} tabIndex={0}>
        {shortened(lines).map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name but their place
          <p key={i} data-kind={line?.kind}>
            {line === null ? (
              words.held.left
            ) : (
              <>
                {line.kind !== 'same' && (
                  <span className={classes.spoken}>{line.kind === 'gone' ? words.held.gone : words.held.new}</span>
                )}
                <span aria-hidden="true" className={classes.diffMark}>
                  {line.kind === 'gone' ? '−' : line.kind === 'new' ? '+' : ''}
                </span>
                {line.text}
              </>
            )}
          </p>
        ))}
      </div>
    </section>
  )
}
