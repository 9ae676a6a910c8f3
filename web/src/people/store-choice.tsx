import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { storesQuery } from '../reach/queries.ts'
import { ChoiceLine, Choices } from './fields.tsx'
import classes from './people.module.css'
import { storeIdsIn } from './prepare-people.ts'
import type { StoreRule } from './role-words.ts'
import { words } from './words.ts'

const said = words.storeChoice

type Props = {
  readonly legend: string
  /** 'all' and 'some' leave no choice between the two. */
  readonly rule: StoreRule
  /** null: all. */
  readonly chosen: readonly string[] | null
  readonly onChange: (chosen: readonly string[] | null) => void
  /** Those that may be given; null: all. */
  readonly among: readonly string[] | null
  readonly error?: string | undefined
}

/** A list longer than this is searched. */
const SEARCHED_FROM = 9

/** All stores, or some of them. Stores that nobody has listed are named by their ids. */
export function StoreChoice({ legend, rule, chosen, onChange, among, error }: Props) {
  const name = useId()
  const { data: listed = [] } = useQuery(storesQuery)
  if (rule === 'all') return null
  return (
    <Choices legend={legend} error={error}>
      {rule === 'either' && (
        <>
          <ChoiceLine type="radio" name={name} value="all" checked={chosen === null} onChange={() => onChange(null)}>
            {among === null ? said.all : said.allSeen}
          </ChoiceLine>
          <ChoiceLine type="radio" name={name} value="some" checked={chosen !== null} onChange={() => onChange([])}>
            {said.some}
          </ChoiceLine>
        </>
      )}
      {(chosen !== null || rule === 'some') && (
        <StoreList
          listed={listed.filter(({ storeId }) => among === null || among.includes(storeId))}
          chosen={chosen ?? []}
          onChange={onChange}
          invalid={error !== undefined}
        />
      )}
    </Choices>
  )
}

type ListProps = {
  readonly listed: readonly { readonly storeId: string; readonly name: string; readonly city?: string | undefined }[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
  readonly invalid: boolean
}

function StoreList({ listed, chosen, onChange, invalid }: ListProps) {
  const [wanted, setWanted] = useState('')
  const known = new Set(listed.map(({ storeId }) => storeId))
  const [others, setOthers] = useState(() => chosen.filter((id) => !known.has(id)).join(', '))
  const othersId = useId()
  const word = wanted.trim().toLowerCase()
  const shown = listed.filter(({ storeId, name, city = '' }) =>
    [storeId, name, city].some((text) => text.toLowerCase().includes(word)),
  )
  const give = (listedOnes: readonly string[], text: string) =>
    onChange([...new Set([...listedOnes, ...storeIdsIn(text)])])
  const chosenListed = chosen.filter((id) => known.has(id))
  return (
    <div className={classes.storeList}>
      {listed.length >= SEARCHED_FROM && (
        <input
          type="search"
          className={classes.search}
          placeholder={said.find(listed.length)}
          aria-label={said.findOne}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      {listed.length > 0 && (
        <div className={classes.storeScroll}>
          {shown.map(({ storeId, name, city }, at) => (
            <ChoiceLine
              key={storeId}
              type="checkbox"
              name="store"
              value={storeId}
              checked={chosen.includes(storeId)}
              invalid={invalid && at === 0}
              onChange={(on) =>
                give(on ? [...chosenListed, storeId] : chosenListed.filter((id) => id !== storeId), others)
              }
            >
              {name} <span className={classes.light}>{[city, storeId].filter((part) => part).join(', ')}</span>
            </ChoiceLine>
          ))}
          {shown.length === 0 && <p className={classes.light}>{said.none}</p>}
        </div>
      )}
      <label className={classes.label} htmlFor={othersId}>
        {listed.length > 0 ? said.unlisted : said.ids}
      </label>
      <input
        id={othersId}
        className={classes.input}
        placeholder={said.example}
        aria-invalid={(invalid && listed.length === 0) || undefined}
        value={others}
        onChange={(event) => {
          setOthers(event.currentTarget.value)
          give(chosenListed, event.currentTarget.value)
        }}
      />
      <p className={classes.hint} role="status">
        {chosen.length === 0 ? said.noneChosen : said.chosen(chosen.length)}
      </p>
    </div>
  )
}
