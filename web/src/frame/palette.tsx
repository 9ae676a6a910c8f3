/** Loaded when it is first asked for. */
import { useMantineColorScheme } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { createSpotlightStore, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { AutoIcon, HelpIcon, ItemIcon, MoonIcon, SearchIcon, StoreIcon, SunIcon } from '../icons.tsx'
import { productsQuery } from '../inventory/stock-queries.ts'
import { GROUPS, type Page } from '../pages.ts'
import { itemPath, storePath } from '../paths.ts'
import { storesQuery } from '../reach/queries.ts'
import classes from './frame.module.css'
import { useGoTo } from './page-path.ts'
import { words } from './words.ts'

type Props = {
  /** How often it was asked for: with each time it opens. */
  readonly openings: number
  readonly pages: readonly Page[]
  /** Whether stores and products may be looked up. */
  readonly stores: boolean
  readonly onShortcuts: () => void
}

const MOST = 12
/** So long after the last key products are looked for. */
const TYPED_MS = 200

/** Everything by name: Ctrl/Cmd-K. */
export function Palette({ openings, pages, stores, onShortcuts }: Props) {
  const goTo = useGoTo()
  const [query, setQuery] = useState('')
  const { setColorScheme } = useMantineColorScheme()
  const { data: allStores = [] } = useQuery({ ...storesQuery, enabled: stores })
  const [sought] = useDebouncedValue(query.trim(), TYPED_MS)
  const { data: products } = useInfiniteQuery({ ...productsQuery(sought), enabled: stores && sought.length > 1 })
  const [store] = useState(createSpotlightStore)
  useEffect(() => {
    if (openings > 0) store.updateState((state) => ({ ...state, opened: true }))
  }, [store, openings])

  const named = (text: string) => text.toLowerCase().includes(query.trim().toLowerCase())
  const groups: SpotlightActionGroupData[] = [
    {
      group: words.paletteGroups.pages,
      actions: pages
        .filter(({ path, name, group }) => !path.includes('$') && named(`${name} ${GROUPS[group]}`))
        .map(({ path, name, group, Icon, keys }) => ({
          id: `page ${path} ${name}`,
          label: name,
          description: GROUPS[group],
          leftSection: <Icon size={18} />,
          ...(keys !== undefined && { rightSection: <kbd className={classes.key}>{keys}</kbd> }),
          onClick: () => goTo(path),
        })),
    },
    {
      group: words.paletteGroups.stores,
      actions: allStores
        .filter(({ storeId, name }) => query.trim() !== '' && named(`${name ?? ''} ${storeId}`))
        .slice(0, MOST)
        .map(({ storeId, name, city }) => ({
          id: `store ${storeId}`,
          label: name ?? storeId,
          description: [storeId, city].filter(Boolean).join(', '),
          leftSection: <StoreIcon size={18} />,
          onClick: () => goTo(storePath(storeId)),
        })),
    },
    {
      group: words.paletteGroups.products,
      actions: (products?.pages[0]?.items ?? [])
        .slice(0, query.trim().length > 1 ? MOST : 0)
        .map(({ productId, title }) => ({
          id: `product ${productId}`,
          label: title ?? productId,
          description: productId,
          leftSection: <ItemIcon size={18} />,
          onClick: () => goTo(itemPath(productId)),
        })),
    },
    {
      group: words.paletteGroups.actions,
      actions: [
        { label: words.light, Icon: SunIcon, run: () => setColorScheme('light') },
        { label: words.dark, Icon: MoonIcon, run: () => setColorScheme('dark') },
        { label: words.system, Icon: AutoIcon, run: () => setColorScheme('auto') },
        { label: words.shortcuts, Icon: HelpIcon, run: onShortcuts },
      ]
        .filter(({ label }) => named(label))
        .map(({ label, Icon, run }) => ({ id: label, label, leftSection: <Icon size={18} />, onClick: run })),
    },
  ].filter(({ actions }) => actions.length > 0)

  return (
    <Spotlight
      store={store}
      actions={groups}
      filter={(_query, actions) => actions}
      query={query}
      onQueryChange={setQuery}
      nothingFound={words.paletteNothing}
      shortcut={null}
      scrollable
      maxHeight={420}
      overlayProps={{ blur: 0, backgroundOpacity: 0.5 }}
      classNames={{ content: classes.paletteBox!, actionsGroup: classes.paletteGroup! }}
      transitionProps={{ duration: 0 }}
      searchProps={{
        leftSection: <SearchIcon size={18} />,
        placeholder: words.palette,
        'aria-label': words.palette,
      }}
    />
  )
}
