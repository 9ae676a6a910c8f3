import { NativeSelect, Popover, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SeriesAnswer } from '#core/api/metrics.ts'
import { CalendarIcon } from '../icons.tsx'
import { seriesQuery, storesQuery } from '../reach/queries.ts'
import { COMPARISONS, type Comparison, isPeriod, PERIODS, type Period, type Scope } from './scope.ts'
import classes from './scope-bar.module.css'
import { useScope } from './use-scope.ts'
import { words } from './words.ts'

const IN_A_ROW = PERIODS.filter((period) => period !== 'custom').map((value) => ({
  value,
  label: words.periods[value],
}))

/** Loaded after the figures. `stacked`: in the sheet of a phone. */
export function ScopeControls({ stacked = false }: { readonly stacked?: boolean }) {
  const { scope, change } = useScope('rows')
  const choose = (period: Period) => change({ period, from: undefined, to: undefined })
  return (
    <>
      {stacked ? (
        <NativeSelect
          label={words.periodLabel}
          value={scope.period}
          data={[...IN_A_ROW, ...(scope.period === 'custom' ? [{ value: 'custom', label: words.periods.custom }] : [])]}
          onChange={(event) => event.currentTarget.value !== 'custom' && choose(event.currentTarget.value as Period)}
        />
      ) : (
        <SegmentedControl
          size="xs"
          aria-label={words.periodLabel}
          value={scope.period}
          onChange={(value) => choose(value as Period)}
          data={IN_A_ROW}
          transitionDuration={0}
          classNames={{ root: classes.periods!, label: classes.period! }}
        />
      )}
      {stacked ? <CustomDays scope={scope} onDays={change} /> : <CustomPeriod scope={scope} onDays={change} />}
      <NativeSelect
        size={stacked ? 'sm' : 'xs'}
        {...(stacked ? { label: words.compareLabel } : { 'aria-label': words.compareLabel })}
        value={scope.compare}
        data={COMPARISONS.map((value) => ({ value, label: words.comparisons(scope.period)[value] }))}
        onChange={(event) => change({ compare: event.currentTarget.value as Comparison })}
        className={classes.select}
      />
      <Place scope={scope} onChoose={change} stacked={stacked} />
      <Category scope={scope} onChoose={change} stacked={stacked} />
    </>
  )
}

type Days = { readonly period: 'custom'; readonly from: string; readonly to: string }
type CustomProps = { readonly scope: Scope; readonly onDays: (days: Days) => void }

/** Any days, behind a button. */
function CustomPeriod({ scope, onDays }: CustomProps) {
  const { span } = useScope()
  const [opened, setOpened] = useState(false)
  const isCustom = scope.period === 'custom'
  const show = (days: Days) => {
    onDays(days)
    setOpened(false)
  }
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <button
          type="button"
          className={classes.custom}
          data-chosen={isCustom || undefined}
          onClick={() => setOpened(!opened)}
        >
          <CalendarIcon />
          {isCustom ? span.label : words.periods.custom}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown}>
        <CustomDays scope={scope} onDays={show} />
      </Popover.Dropdown>
    </Popover>
  )
}

/** Two days, as they stand where nothing was chosen: those that are shown now. */
function CustomDays({ scope, onDays }: CustomProps) {
  const { span } = useScope()
  const [from, setFrom] = useState(scope.from ?? span.firstDay)
  const [to, setTo] = useState(scope.to ?? span.lastDay)
  const isGood = isPeriod(from, to)
  return (
    <form
      className={classes.days}
      onSubmit={(event) => {
        event.preventDefault()
        if (isGood) onDays({ period: 'custom', from, to })
      }}
    >
      <TextInput
        type="date"
        label={words.customFrom}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput type="date" label={words.customTo} value={to} onChange={(event) => setTo(event.currentTarget.value)} />
      {!isGood && (
        <p className={classes.bad} role="alert">
          {words.customBad}
        </p>
      )}
      <button type="submit" className={classes.apply} disabled={!isGood}>
        {words.customApply}
      </button>
    </form>
  )
}

type PlaceProps = {
  readonly scope: Scope
  readonly onChoose: (about: {
    store?: string | undefined
    region?: string | undefined
    category?: string | undefined
  }) => void
  readonly stacked: boolean
}

const MOST_LISTED = 100
const CHOICE = { searchable: true, clearable: true, limit: MOST_LISTED, maxDropdownHeight: 360 } as const

/** One store or region, of those that there are. */
function Place({ scope, onChoose, stacked }: PlaceProps) {
  const [wanted, setWanted] = useState(false)
  const { store, region } = scope
  const isNarrowed = (store ?? region) !== undefined
  const { data: stores = [] } = useQuery({ ...storesQuery, enabled: wanted || isNarrowed })
  return (
    <Select
      {...CHOICE}
      size={stacked ? 'sm' : 'xs'}
      {...(stacked ? { label: words.placeLabel } : { 'aria-label': words.placeLabel })}
      placeholder={words.everything}
      nothingFoundMessage={words.none}
      value={store ? `store:${store}` : region ? `region:${region}` : null}
      data={placesOf(stores, store)}
      onDropdownOpen={() => setWanted(true)}
      onFocus={() => setWanted(true)}
      onChange={(value) => {
        const [kind, ...rest] = value?.split(':') ?? []
        const name = rest.join(':')
        onChoose({ store: kind === 'store' ? name : undefined, region: kind === 'region' ? name : undefined })
      }}
      className={classes.about}
      classNames={{ dropdown: classes.dropdown! }}
    />
  )
}

/** One category of those that there are. */
function Category({ scope: { category }, onChoose, stacked }: PlaceProps) {
  const [wanted, setWanted] = useState(false)
  const { data: categories = [] } = useQuery({ ...categoriesQuery, enabled: wanted, select: keysOf })
  return (
    <Select
      {...CHOICE}
      size={stacked ? 'sm' : 'xs'}
      {...(stacked ? { label: words.categoryLabel } : { 'aria-label': words.categoryLabel })}
      placeholder={words.everyCategory}
      nothingFoundMessage={words.none}
      value={category ?? null}
      data={withThis(categories, category)}
      onDropdownOpen={() => setWanted(true)}
      onFocus={() => setWanted(true)}
      onChange={(value) => onChoose({ category: value ?? undefined })}
      className={classes.category}
      classNames={{ dropdown: classes.dropdown! }}
    />
  )
}

/** Those that sold today. */
const categoriesQuery = seriesQuery({ measure: 'units', by: 'category', window: 'day' })

const keysOf = ({ series }: SeriesAnswer): string[] =>
  series.flatMap(({ key }) => (key === 'other' ? [] : [key])).sort()

const withThis = (names: readonly string[], name: string | undefined): string[] =>
  name === undefined || names.includes(name) ? [...names] : [name, ...names]

type Store = { readonly storeId: string; readonly name?: string | undefined; readonly region?: string | undefined }

function placesOf(stores: readonly Store[], store: string | undefined) {
  const regions = [...new Set(stores.flatMap(({ region }) => (region ? [region] : [])))].sort()
  const listed = stores.map(({ storeId, name }) => ({ value: `store:${storeId}`, label: name ?? storeId }))
  const unlisted = store !== undefined && !stores.some(({ storeId }) => storeId === store)
  return [
    { group: words.groups.store, items: unlisted ? [{ value: `store:${store}`, label: store }, ...listed] : listed },
    { group: words.groups.region, items: regions.map((name) => ({ value: `region:${name}`, label: name })) },
  ].filter(({ items }) => items.length > 0)
}
