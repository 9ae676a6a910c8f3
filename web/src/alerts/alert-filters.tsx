import { NativeSelect, TextInput } from '@mantine/core'
import type { RefObject } from 'react'
import { formatNumber } from '../format/format-number.ts'
import { SearchIcon } from '../icons.tsx'
import classes from './alerts-page.module.css'
import type { AlertFilter, AlertList, Choice } from './prepare-alert-list.ts'
import { words } from './words.ts'

type Place = { store?: string | undefined; region?: string | undefined; category?: string | undefined }
type Props = {
  readonly list: AlertList
  readonly filter: AlertFilter
  readonly finder: RefObject<HTMLInputElement | null>
  readonly onChange: (change: { severity?: AlertFilter['severity']; kind?: AlertFilter['kind']; find?: string }) => void
  /** Store and category are part of what every page is about. */
  readonly onPlace: (place: Place) => void
  /** Absent: nothing is filtered. */
  readonly onClear: (() => void) | undefined
}

const NOWHERE: Place = { store: undefined, region: undefined, category: undefined }

export function AlertFilters({ list, filter, finder, onChange, onPlace, onClear }: Props) {
  const { severity, kind, store, region, category, text } = filter
  return (
    <search className={classes.filters} aria-label={words.filters}>
      <TextInput
        ref={finder}
        size="xs"
        type="search"
        aria-label={words.find}
        placeholder={words.find}
        leftSection={<SearchIcon />}
        value={text ?? ''}
        onChange={(event) => onChange({ find: event.currentTarget.value })}
        className={classes.finder}
      />
      <Choose
        label={words.severityLabel}
        any={words.anySeverity}
        value={severity}
        choices={list.severities}
        name={(value) => words.severity(value as NonNullable<typeof severity>)}
        onChoose={(value) => onChange({ severity: value as typeof severity })}
      />
      <Choose
        label={words.kindLabel}
        any={words.anyKind}
        value={kind}
        choices={list.kinds}
        name={(value) => words.kind(value as NonNullable<typeof kind>)}
        onChoose={(value) => onChange({ kind: value as typeof kind })}
      />
      <Choose
        label={words.storeLabel}
        any={region === undefined ? words.everyStore : words.ofRegion(region)}
        value={store}
        choices={list.stores}
        onChoose={(value) => onPlace({ ...NOWHERE, store: value })}
      />
      <Choose
        label={words.categoryLabel}
        any={words.everyCategory}
        value={category}
        choices={list.categories}
        onChoose={(value) => onPlace({ ...NOWHERE, category: value })}
      />
      {onClear !== undefined && (
        <button type="button" className={classes.quiet} onClick={onClear}>
          {words.clear}
        </button>
      )}
    </search>
  )
}

type ChooseProps = {
  readonly label: string
  readonly any: string
  readonly value: string | undefined
  readonly choices: readonly Choice[]
  /** What a value is called that no alert has. */
  readonly name?: (value: string) => string
  readonly onChoose: (value: string | undefined) => void
}

function Choose({ label, any, value, choices, name = (it) => it, onChoose }: ChooseProps) {
  const listed = choices.map((choice) => ({
    value: choice.value,
    label: words.withCount(choice.label, formatNumber(choice.count)),
  }))
  const isListed = value === undefined || choices.some((choice) => choice.value === value)
  const unlisted = isListed ? [] : [{ value, label: words.withCount(name(value), formatNumber(0)) }]
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      value={value ?? ''}
      data={[{ value: '', label: any }, ...listed, ...unlisted]}
      onChange={(event) => onChoose(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
      className={classes.select}
      data-chosen={value === undefined ? undefined : true}
    />
  )
}
