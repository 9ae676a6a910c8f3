import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { optional, string } from 'zod/mini'
import { formatNumber } from '../format/format-number.ts'
import { PageLink } from '../frame/page-link.tsx'
import { useGoTo } from '../frame/page-path.ts'
import { usePageState } from '../frame/page-state.ts'
import { useShortcut } from '../frame/shortcuts.tsx'
import { SearchIcon } from '../icons.tsx'
import stockClasses from '../inventory/inventory.module.css'
import { productsQuery } from '../inventory/stock-queries.ts'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { itemPath } from '../paths.ts'
import classes from './item.module.css'
import { words } from './words.ts'

const FIELDS = { find: optional(string()) }
const TYPING_MS = 200
const BOX = 'look-up'

/** Finds a product by its words, or opens one by its id. */
export function LookUpPage() {
  const [{ find }, change] = usePageState(FIELDS)
  const [typed, setTyped] = useState(find ?? '')
  const [asked] = useDebouncedValue(typed.trim(), TYPING_MS)
  const goTo = useGoTo()
  const answer = useInfiniteQuery(productsQuery(asked))
  const products = answer.data?.pages.flatMap(({ items }) => items) ?? []
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = answer
  useShortcut('/', words.lookUp, () => document.getElementById(BOX)?.focus())
  const queries = useQueryClient()
  // What was typed may still be looked for: Enter opens what is found for it, not what was found before it.
  const open = async (event: FormEvent) => {
    event.preventDefault()
    const text = typed.trim()
    const found = await queries.fetchInfiniteQuery(productsQuery(text))
    const id = found.pages[0]?.items[0]?.productId ?? text
    if (id !== '') goTo(itemPath(id))
  }
  const empty =
    products.length > 0 || hasNextPage
      ? undefined
      : asked === ''
        ? { title: words.noProducts, why: words.noProductsWhy }
        : {
            title: words.nothingFound,
            why: words.nothingFoundWhy,
            action: <PageLink to={itemPath(asked)}>{words.openById(asked)}</PageLink>,
          }
  const count = formatNumber(products.length)
  return (
    <div className={stockClasses.page}>
      <header className={stockClasses.head}>
        <h1>{words.lookUp}</h1>
      </header>
      <search>
        {/* What could not be asked is said by the panel below, which shows the same answer. */}
        <form onSubmit={(event) => void open(event).catch(() => undefined)} className={classes.search}>
          <TextInput
            id={BOX}
            type="search"
            label={words.lookUpLabel}
            description={words.lookUpHint}
            leftSection={<SearchIcon size={16} />}
            value={typed}
            autoComplete="off"
            autoFocus
            onChange={(event) => {
              const text = event.currentTarget.value
              setTyped(text)
              change({ find: text.trim() === '' ? undefined : text.trim() })
            }}
          />
        </form>
      </search>
      <Panel
        id="found"
        title={words.productsFound}
        about={hasNextPage ? words.lookedAt(count) : words.found(count)}
        state={panelStateOf(answer)}
        empty={empty}
        skeleton="lines"
      >
        <ul className={classes.found}>
          {products.map(({ productId, title, category, brand }) => (
            <li key={productId}>
              <PageLink to={itemPath(productId)}>
                <span className={classes.foundTitle}>{title}</span>
                <span className={classes.hint}>{[productId, brand, category].filter(Boolean).join(' · ')}</span>
              </PageLink>
            </li>
          ))}
        </ul>
        {hasNextPage && (
          <button
            type="button"
            className={`${stockClasses.secondary} ${classes.further}`}
            disabled={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {isFetchingNextPage ? words.loading : words.looksFurther}
          </button>
        )}
      </Panel>
    </div>
  )
}
