import '@mantine/core/styles/UnstyledButton.css'
import '@mantine/core/styles/Button.css'
import '@mantine/core/styles/ActionIcon.css'
import '@mantine/core/styles/CloseButton.css'
import '@mantine/core/styles/Input.css'
import '@mantine/core/styles/InlineInput.css'
import '@mantine/core/styles/Kbd.css'
import '@mantine/core/styles/VisuallyHidden.css'
import '@mantine/core/styles/FloatingIndicator.css'
import '@mantine/core/styles/SegmentedControl.css'
import './theme.golden.css'
import './styles.css'
import './components/components.css'
import './shell/shell.css'
import './screens/counter/counter.css'
import './screens/counter/sale-head.css'
import './screens/counter/time-line.css'
import './screens/counter/counter-narrow.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { connect } from './connection.ts'
import { firstWords } from './i18n/first.ts'
import { WordsProvider } from './i18n/use-words.ts'
import { createWords } from './i18n/words.ts'
import { askAhead, createQueryClient, KauntaProvider } from './kaunta.tsx'
import { rememberedLanguage } from './shell/appearance.tsx'

const root = document.getElementById('kaunta')
if (root === null) throw new Error('index.html has no element for the page')
const connection = connect(window)
const queryClient = createQueryClient()
askAhead(connection, queryClient)
const words = createWords(rememberedLanguage())
await words.need(firstWords)
createRoot(root).render(
  <StrictMode>
    <WordsProvider value={words}>
      <KauntaProvider connection={connection} queryClient={queryClient}>
        <App />
      </KauntaProvider>
    </WordsProvider>
  </StrictMode>,
)
