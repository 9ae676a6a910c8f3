import { Kbd, Modal, Switch } from '@mantine/core'
import classes from './shortcuts.module.css'
import { setSingleKeys, useListedShortcuts, useSingleKeys } from './shortcuts.tsx'
import { words } from './words.ts'

/** Loaded when it is first asked for. */
export function ShortcutList({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const shortcuts = useListedShortcuts()
  const on = useSingleKeys()
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      centered
      size={420}
      classNames={{ content: classes.content!, body: classes.body! }}
    >
      <Modal.Overlay color="#0b1118" backgroundOpacity={0.55} />
      <Modal.Content aria-label={words.shortcuts}>
        <Modal.Body>
          <div className={classes.head}>
            <h2>{words.shortcuts}</h2>
            <button type="button" className={classes.close} onClick={onClose}>
              {words.close}
            </button>
          </div>
          <dl className={classes.list} data-off={!on || undefined}>
            {shortcuts.map(({ keys, does }) => (
              <div key={keys} className={classes.line}>
                <dt>
                  {keys.split(' ').map((key) => (
                    <Kbd key={key} className={classes.key}>
                      {key}
                    </Kbd>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
          <Switch
            checked={on}
            onChange={(event) => setSingleKeys(event.currentTarget.checked)}
            label={words.singleKeys}
            aria-describedby="single-keys-why"
          />
          <p id="single-keys-why" className={classes.why}>
            {words.singleKeysWhy}
          </p>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
