import { createTheme, type MantineColorsTuple } from '@mantine/core'

/** One accent, a deep green; white on shades 7 and 8 and the light shades on dark grounds pass 4.5 : 1. */
const kauntaGreen: MantineColorsTuple = [
  '#e8f7ef',
  '#d0ecdd',
  '#a3d9bd',
  '#74c69b',
  '#4db47d',
  '#34a86a',
  '#1f9a5c',
  '#14814b',
  '#0c6b3c',
  '#04522c',
]

/**
 * Mantine's variables for this theme are shipped as `theme.golden.css`, held together by a test: the page's policy allows
 * no style element, so that Mantine may not write them at run time.
 */
export const theme = createTheme({
  primaryColor: 'kaunta',
  primaryShade: { light: 8, dark: 7 },
  colors: { kaunta: kauntaGreen },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "DejaVu Sans Mono", "Cascadia Mono", Consolas, monospace',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    TextInput: { defaultProps: { size: 'md' } },
    Textarea: { defaultProps: { size: 'md' } },
    NativeSelect: { defaultProps: { size: 'md' } },
    PasswordInput: { defaultProps: { size: 'md' } },
    Button: { defaultProps: { size: 'md' } },
    Switch: { defaultProps: { size: 'md' } },
    Checkbox: { defaultProps: { size: 'md' } },
  },
})
