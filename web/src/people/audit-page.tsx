import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Loading, NotShown } from './loading.tsx'
import classes from './people.module.css'
import { type AuditRow, type Change, prepareAudit } from './prepare-audit.ts'
import { auditQuery } from './requests.ts'
import { OWN_ZONE, usePeopleNames } from './use-names.ts'

/** Who changed what, newest first. */
export function AuditPage() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(auditQuery)
  const names = usePeopleNames()
  const days = useMemo(
    () =>
      data &&
      prepareAudit(
        data.pages.flatMap(({ items }) => items),
        names,
        OWN_ZONE,
      ),
    [data, names],
  )
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>Audit</h1>
        <p>Who changed what, newest first; times in {OWN_ZONE}</p>
      </header>
      {days === undefined ? (
        <section className={classes.tableCard}>
          {error === null ? (
            <Loading rows={6} />
          ) : (
            <NotShown what="The audit" error={error} again={() => void refetch()} />
          )}
        </section>
      ) : (
        <>
          {days.length === 0 && (
            <p className={classes.card}>
              Nothing yet. What people, tokens and the command line change from now on is listed here.
            </p>
          )}
          {days.map(({ day, rows }) => (
            <section key={day} className={classes.tableCard} aria-label={day}>
              <h2 className={classes.day}>{day}</h2>
              <ol className={classes.lines}>
                {rows.map((row) => (
                  <Row key={row.id} row={row} />
                ))}
              </ol>
            </section>
          ))}
          {error !== null && <NotShown what="What came before" error={error} again={() => void fetchNextPage()} />}
          {hasNextPage && (
            <button
              type="button"
              className={`${classes.secondary} ${classes.older}`}
              disabled={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              {isFetchingNextPage ? 'Loading…' : 'Show older ones'}
            </button>
          )}
        </>
      )}
    </div>
  )
}

const Row = ({ row: { at, time, who, by, what, subject, changes } }: { readonly row: AuditRow }) => (
  <li className={classes.auditLine}>
    <time dateTime={at}>{time}</time>
    <p>
      <strong>{who}</strong> {by !== '' && <span className={classes.light}>{by} </span>}
      {what} {subject !== '' && <strong>{subject}</strong>}
    </p>
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
      {field !== '' && <dt>{field}</dt>}
      <dd>
        {before !== '' && <del>{before}</del>}
        {before !== '' && after !== '' && (
          <span className={classes.light}>
            <span aria-hidden="true">→</span>
            <span className={classes.spoken}>became</span>
          </span>
        )}
        {after !== '' && <ins>{after}</ins>}
      </dd>
    </div>
  )
}
