/** Loaded when it is first asked for. */
import { Combobox, Modal, useMantineColorScheme, useVirtualizedCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type ComponentType, useEffect, useState } from 'react'
import { actionsFor } from '../actions.ts'
import { AutoIcon, HelpIcon, type IconProps, ItemIcon, MoonIcon, SearchIcon, StoreIcon, SunIcon } from '../icons.tsx'
import { productsQuery } from '../inventory/stock-queries.ts'
import { GROUPS, type Page } from '../pages.ts'
import { itemPath, storePath } from '../paths.ts'
import { useAccount } from '../people/account-context.ts'
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

type Choice = {
  /** Of its element: it stays the same while others come and go around it. */
  readonly id: string
  readonly label: string
  readonly description?: string
  readonly keys?: string | undefined
  readonly Icon: ComponentType<IconProps>
  readonly run: () => void
}
const LIST = 'palette-list'
/** As soon as it is seen: what is typed then is typed here. A dialog of its own sets the focus a moment later. */
const focused = (input: HTMLInputElement | null): void => input?.focus()
const idOf = (kind: string, what: string) => `palette-${kind}-${encodeURIComponent(what)}`

/** Everything by name: Ctrl/Cmd-K. */
export function Palette({ openings, pages, stores, onShortcuts }: Props) {
  const goTo = useGoTo()
  const { rights } = useAccount()
  const [opened, setOpened] = useState(false)
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const { setColorScheme } = useMantineColorScheme()
  const wanted = query.trim()
  const [sought] = useDebouncedValue(wanted, TYPED_MS)
  const { data: allStores = [] } = useQuery({ ...storesQuery, enabled: stores })
  const asksProducts = stores && sought.length > 1
  const products = useInfiniteQuery({ ...productsQuery(sought), enabled: asksProducts })
  useEffect(() => setOpened(openings > 0), [openings])

  const named = (text: string) => text.toLowerCase().includes(wanted.toLowerCase())
  const groups: readonly { readonly name: string; readonly choices: readonly Choice[] }[] = [
    {
      name: words.paletteGroups.pages,
      choices: pages
        .filter(({ path, name, group }) => !path.includes('$') && named(`${name} ${GROUPS[group]}`))
        .map(({ path, name, group, Icon, keys }) => ({
          id: idOf('page', `${path} ${name}`),
          label: name,
          description: GROUPS[group],
          keys,
          Icon,
          run: () => goTo(path),
        })),
    },
    {
      name: words.paletteGroups.stores,
      choices: allStores
        .filter(({ storeId, name }) => wanted !== '' && named(`${name ?? ''} ${storeId}`))
        .slice(0, MOST)
        .map(({ storeId, name, city }) => ({
          id: idOf('store', storeId),
          label: name ?? storeId,
          description: [storeId, city].filter(Boolean).join(', '),
          Icon: StoreIcon,
          run: () => goTo(storePath(storeId)),
        })),
    },
    {
      name: words.paletteGroups.products,
      choices: (products.data?.pages[0]?.items ?? [])
        .slice(0, wanted.length > 1 ? MOST : 0)
        .map(({ productId, title }) => ({
          id: idOf('product', productId),
          label: title ?? productId,
          description: productId,
          Icon: ItemIcon,
          run: () => goTo(itemPath(productId)),
        })),
    },
    {
      name: words.paletteGroups.actions,
      choices: [
        ...actionsFor(rights, pages).map(({ name, Icon, path, search }) => ({
          label: name,
          Icon,
          run: () => goTo(path, { search: search ?? {} }),
        })),
        { label: words.light, Icon: SunIcon, run: () => setColorScheme('light') },
        { label: words.dark, Icon: MoonIcon, run: () => setColorScheme('dark') },
        { label: words.system, Icon: AutoIcon, run: () => setColorScheme('auto') },
        { label: words.shortcuts, Icon: HelpIcon, run: onShortcuts },
      ]
        .filter(({ label }) => named(label))
        .map((action) => ({ id: idOf('action', action.label), ...action })),
    },
  ].filter(({ choices }) => choices.length > 0)
  const all = groups.flatMap(({ choices }) => choices)
  // The first one, until another is gone to: what Enter does is always to be seen, also when products come later.
  const at = Math.max(
    0,
    all.findIndex(({ id }) => id === chosen),
  )
  const atId = all[at]?.id
  const isLooking = stores && wanted.length > 1 && (sought !== wanted || products.isFetching)

  const look = (text: string) => {
    setQuery(text)
    setChosen(null)
  }
  const close = () => {
    setOpened(false)
    look('')
  }
  const run = (choice: Choice | undefined) => {
    close()
    choice?.run()
  }
  const list = useVirtualizedCombobox({
    opened,
    onDropdownClose: close,
    totalOptionsCount: all.length,
    getOptionId: (index) => all[index]?.id ?? null,
    selectedOptionIndex: all.length === 0 ? -1 : at,
    setSelectedOptionIndex: (index) => setChosen(all[index]?.id ?? null),
    onSelectedOptionSubmit: (index) => run(all[index]),
  })
  useEffect(() => {
    if (atId !== undefined) document.getElementById(atId)?.scrollIntoView({ block: 'nearest' })
  }, [atId])

  return (
    <Modal.Root
      opened={opened}
      onClose={close}
      size={600}
      yOffset={80}
      zIndex={9999}
      transitionProps={{ duration: 0 }}
      classNames={{ content: classes.palette! }}
    >
      <Modal.Overlay color="#0b1118" backgroundOpacity={0.5} />
      <Modal.Content aria-label={words.palette}>
        <Combobox store={list} onOptionSubmit={(id) => run(all.find((choice) => choice.id === id))}>
          <Combobox.Search
            data-autofocus
            ref={focused}
            size="lg"
            leftSection={<SearchIcon size={18} />}
            placeholder={words.palette}
            aria-label={words.palette}
            // Its own attributes tell of no choice that is there before a key is pressed.
            withAriaAttributes={false}
            role="combobox"
            autoComplete="off"
            aria-autocomplete="list"
            aria-controls={LIST}
            aria-expanded={all.length > 0}
            aria-activedescendant={atId}
            value={query}
            onChange={(event) => look(event.currentTarget.value)}
            classNames={{ input: classes.paletteSearch! }}
          />
          <Combobox.Options id={LIST} className={classes.paletteList!} aria-label={words.find}>
            {groups.map(({ name, choices }) => (
              <Combobox.Group key={name} label={name} classNames={{ groupLabel: classes.paletteGroup! }}>
                {choices.map(({ id, label, description, keys, Icon }) => (
                  <Combobox.Option
                    key={id}
                    id={id}
                    value={id}
                    selected={id === atId}
                    aria-selected={id === atId}
                    className={classes.paletteChoice!}
                  >
                    <Icon size={18} />
                    <span className={classes.paletteName}>
                      {label}
                      {description !== undefined && <span className={classes.paletteAbout}>{description}</span>}
                    </span>
                    {keys !== undefined && <kbd className={classes.key}>{keys}</kbd>}
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            ))}
          </Combobox.Options>
          <p className={classes.paletteNothing} role="status">
            {all.length > 0 ? '' : isLooking ? words.paletteLooking : words.paletteNothing}
          </p>
        </Combobox>
      </Modal.Content>
    </Modal.Root>
  )
}
