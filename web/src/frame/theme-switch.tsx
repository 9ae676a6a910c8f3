import { type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core'
import { AutoIcon, MoonIcon, SunIcon } from '../icons.tsx'
import classes from './frame.module.css'

const schemes = [
  { value: 'light', name: 'Light', Icon: SunIcon },
  { value: 'dark', name: 'Dark', Icon: MoonIcon },
  { value: 'auto', name: 'As the system', Icon: AutoIcon },
] as const

export function ThemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const current = schemes.find(({ value }) => value === colorScheme) ?? schemes[2]
  return (
    <Menu position="bottom-end" width={176} transitionProps={{ duration: 0 }} classNames={{ dropdown: classes.menu! }}>
      <Menu.Target>
        <button
          type="button"
          className={`${classes.barButton} ${classes.theme}`}
          aria-label={`Theme: ${current.name}`}
          title="Theme"
        >
          <current.Icon size={18} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as MantineColorScheme)}>
          {schemes.map(({ value, name, Icon }) => (
            <Menu.RadioItem key={value} value={value} closeMenuOnClick rightSection={<Icon />}>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
