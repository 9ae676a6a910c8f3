import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useMemo } from 'react'
import { z } from 'zod/mini'
import { csvText } from '../chart/chart-table.ts'
import { fileNameOf, saveFile } from '../chart/save-file.ts'
import { formatNumber } from '../format/format-number.ts'
import { formatTime } from '../format/format-time.ts'
import { PageBody } from '../frame/page-body.tsx'
import { usePageState } from '../frame/page-state.ts'
import { DownloadIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { OWN_ZONE, usePeopleNames } from '../people/use-names.ts'
import classes from './audit-page.module.css'
import { type AuditRow, auditLines, type Change, prepareAudit } from './prepare-audit.ts'
import { type AuditFilter, questionOf } from './prepare-question.ts'
import { askAll, auditQuery } from './requests.ts'
import { THINGS, words } from './words.ts'

const date = z.catch(z._default(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)), ''), '')
const text = z._default(z.string().check(z.maxLength(200)), '')
const FILTER = { what: text, who: text, from: date, to: date }
const NO_FILTER: AuditFilter = { what: '', who: '', from: '', to: '' }

/** A spreadsheet takes more, a browser's memory too; nobody reads more. */
const MOST_IN_FILE = 20_000

/** Who changed what, newest first. */
export function AuditPage() {
  const [filter, setFilter] = usePageState(FILTER)
  const question = useMemo(() => questionOf(filter, OWN_ZONE, Date.now()), [filter])
  const changes = useInfiniteQuery(auditQuery(question))
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = changes
  const names = usePeopleNames()
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data])
  const days = useMemo(() => prepareAudit(items, names, OWN_ZONE), [items, names])
  const isFiltered = Object.keys(question).length > 0
  const people = useMemo(() => peopleIn(items, names, filter.who), [items, names, filter.who])
  return (
    <PageBody title={words.title} about={words.about(OWN_ZONE)} narrow>
      <Filters filter={filter} onChange={setFilter} people={people} isFiltered={isFiltered}>
        <Export question={question} names={names} />
      </Filters>
      <Panel
        id="changes"
        title={words.changes}
        state={panelStateOf(changes)}
        skeleton="table"
        flush
        empty={items.length > 0 || hasNextPage ? undefined : nothing(isFiltered)}
      >
        {days.map(({ day, rows }) => (
          <section key={day} aria-label={day}>
            <h3 className={classes.day}>{day}</h3>
            <ol className={classes.lines}>
              {rows.map((row) => (
                <Row key={row.id} row={row} onWho={() => setFilter({ who: row.whoId })} />
              ))}
            </ol>
          </section>
        ))}
        {hasNextPage && (
          <div className={classes.older}>
            <button
              type="button"
              className={classes.button}
              disabled={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              {isFetchingNextPage ? words.loading : items.length === 0 ? words.goOn : words.older}
            </button>
          </div>
        )}
      </Panel>
    </PageBody>
  )
}

const nothing = (isFiltered: boolean) =>
  isFiltered ? { title: words.noFitTitle, why: words.noFitWhy } : { title: words.emptyTitle, why: words.emptyWhy }

type Named = { readonly id: string; readonly name: string }

/** Those who can be asked for: everybody whom the reader may know, and whoever is in what was found. */
function peopleIn(
  items: readonly { readonly who: { readonly id: string; readonly name: string | null } }[],
  names: ReadonlyMap<string, string>,
  chosen: string,
): readonly Named[] {
  const found = new Map([...names, ...items.map(({ who }) => [who.id, who.name ?? who.id] as const)])
  if (chosen !== '' && !found.has(chosen)) found.set(chosen, chosen)
  return [...found].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name))
}

type FiltersProps = {
  readonly filter: AuditFilter
  readonly onChange: (change: Partial<AuditFilter>) => void
  readonly people: readonly Named[]
  readonly isFiltered: boolean
  readonly children: React.ReactNode
}

function Filters({ filter, onChange, people, isFiltered, children }: FiltersProps) {
  const things = filter.what === '' || filter.what in THINGS ? THINGS : { ...THINGS, [filter.what]: filter.what }
  return (
    <search className={classes.filters}>
      <label className={classes.field}>
        {words.what}
        <select value={filter.what} onChange={(event) => onChange({ what: event.currentTarget.value })}>
          <option value="">{words.anything}</option>
          {Object.entries(things).map(([what, name]) => (
            <option key={what} value={what}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className={classes.field}>
        {words.who}
        <select value={filter.who} onChange={(event) => onChange({ who: event.currentTarget.value })}>
          <option value="">{words.anybody}</option>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className={classes.field}>
        {words.from}
        <input
          type="date"
          value={filter.from}
          max={filter.to || undefined}
          onChange={(event) => onChange({ from: event.currentTarget.value })}
        />
      </label>
      <label className={classes.field}>
        {words.to}
        <input
          type="date"
          value={filter.to}
          min={filter.from || undefined}
          onChange={(event) => onChange({ to: event.currentTarget.value })}
        />
      </label>
      {isFiltered && (
        <button type="button" className={classes.quiet} onClick={() => onChange(NO_FILTER)}>
          {words.clear}
        </button>
      )}
      <span className={classes.space} />
      {children}
    </search>
  )
}

type ExportProps = {
  readonly question: ReturnType<typeof questionOf>
  readonly names: ReadonlyMap<string, string>
}

function Export({ question, names }: ExportProps) {
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: () => askAll(question, MOST_IN_FILE),
    onSuccess: ({ items }) => {
      const text = csvText([words.csvHead, ...auditLines(items, names)])
      saveFile(fileNameOf(words.title, items[0]?.at, 'csv'), new Blob([text], { type: 'text/csv' }))
    },
  })
  const count = formatNumber(MOST_IN_FILE)
  return (
    <>
      <span role="status" className={classes.said}>
        {error !== null && words.csvFailed(error.message)}
        {data?.isCut && words.csvCut(count)}
      </span>
      <button
        type="button"
        className={classes.button}
        title={words.csvTitle(count)}
        disabled={isPending}
        onClick={() => mutate()}
      >
        <DownloadIcon /> {isPending ? words.csvBusy : words.csv}
      </button>
    </>
  )
}

type RowProps = { readonly row: AuditRow; readonly onWho: () => void }

const Row = ({ row: { at, time, who, by, what, subject, changes }, onWho }: RowProps) => (
  <li className={classes.line}>
    <time dateTime={at} title={formatTime(Date.parse(at), OWN_ZONE, 'fullDate')}>
      {time}
    </time>
    <div className={classes.what}>
      <button type="button" className={classes.who} title={words.onlyThese(who)} onClick={onWho}>
        {who}
      </button>{' '}
      {by !== '' && <span className={classes.light}>{by} </span>}
      {what} {subject !== '' && <strong>{subject}</strong>}
    </div>
    {changes.length > 0 && (
      <dl className={classes.changes}>
        {changes.map((change) => (
          <Changed key={change.field} change={change} />
        ))}
      </dl>
    )}
  </li>
)

function Changed({ change: { field, before, after } }: { readonly change: Change }) {
  return (
    <div>
      <dt>{field}</dt>
      <dd>
        {before !== '' && <del>{before}</del>}
        {before !== '' && after !== '' && (
          <span className={classes.light}>
            <span aria-hidden="true">→</span>
            <span className={classes.spoken}>{words.became}</span>
          </span>
        )}
        {after !== '' && <ins>{after}</ins>}
      </dd>
    </div>
  )
}
