import { createTheme } from '@mantine/core'

const family = "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"

/** Mantine's own neutrals, in our slate: from the lightest to the darkest. */
const colors = {
  gray: ['#f4f6f8', '#eef1f5', '#e6e9ed', '#dde2e8', '#c3cbd4', '#82909e', '#5b6977', '#465463', '#2b3744', '#16202c'],
  dark: ['#e5eaf0', '#b0bbc7', '#8f9ca9', '#6d7b8a', '#3a4756', '#26313d', '#1c2530', '#141b23', '#0d1218', '#080c11'],
} as const

export const theme = createTheme({
  colors,
  fontFamily: family,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1rem', sm: '1.25rem', md: '1.25rem', lg: '1.5rem', xl: '1.75rem' },
  headings: { fontFamily: family, fontWeight: '600' },
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  defaultRadius: 8,
  cursorType: 'pointer',
  respectReducedMotion: true,
})
