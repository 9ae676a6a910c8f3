import { type MantineColorScheme, Popover, useMantineColorScheme } from '@mantine/core'
import { AutoIcon, MoonIcon, SunIcon } from '../icons.tsx'
import classes from './frame.module.css'
import { words } from './words.ts'

const schemes = [
  { value: 'light', Icon: SunIcon },
  { value: 'dark', Icon: MoonIcon },
  { value: 'auto', Icon: AutoIcon },
] as const satisfies readonly { value: MantineColorScheme; Icon: unknown }[]

export function ThemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const current = schemes.find(({ value }) => value === colorScheme) ?? schemes[2]
  const name = words.themes[current.value]
  return (
    <Popover
      position="bottom-end"
      width={184}
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
      classNames={{ dropdown: classes.popover! }}
    >
      <Popover.Target>
        <button
          type="button"
          className={`${classes.barButton} ${classes.theme}`}
          aria-label={words.themeIs(name)}
          title={words.theme}
        >
          <current.Icon size={18} />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <fieldset className={classes.choices}>
          <legend className={classes.spoken}>{words.theme}</legend>
          {schemes.map(({ value, Icon }) => (
            <label key={value} className={classes.choice}>
              <input type="radio" name="theme" checked={value === colorScheme} onChange={() => setColorScheme(value)} />
              <span>{words.themes[value]}</span>
              <Icon />
            </label>
          ))}
        </fieldset>
      </Popover.Dropdown>
    </Popover>
  )
}
