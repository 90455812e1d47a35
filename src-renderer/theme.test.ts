import {
  convertCssVariables,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  mergeMantineTheme,
} from '@mantine/core'
import { expect, test } from 'vitest'
import { theme } from './theme.ts'

/** Colours of Mantine's palette that no screen uses; leaving them out halves the file. */
const unusedColour =
  /^\s*--mantine-color-(?:pink|grape|violet|indigo|blue|cyan|teal|green|lime|orange)-.*\n/gm

test('theme.golden.css holds exactly the variables that Mantine derives from the theme', async () => {
  const merged = mergeMantineTheme(DEFAULT_THEME, theme)
  const css = convertCssVariables(defaultCssVariablesResolver(merged), ':root')
    .replaceAll(/[;{}]/g, '$&\n')
    .replaceAll(unusedColour, '')
  expect(css).toContain('--mantine-color-kaunta-8: #0c6b3c')
  await expect(css).toMatchFileSnapshot('./theme.golden.css')
})
