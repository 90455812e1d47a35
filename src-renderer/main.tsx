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
import { loadSentences } from './components/catalogue.ts'
import { answers, connection, takeStream, words, wordsThere } from './early.ts'
import { WordsProvider } from './i18n/use-words.ts'
import { createQueryClient, KauntaProvider, takeAnswers } from './kaunta.tsx'
import { meanings } from './screens/index.ts'

/** Drawing twice takes longer than this; without an answer by then the page shows that it waits. */
const patienceMs = 400

const root = document.getElementById('kaunta')
if (root === null) throw new Error('index.html has no element for the page')
const queryClient = createQueryClient()
const answered = takeAnswers(connection, queryClient, answers)
await Promise.all([
  wordsThere,
  Promise.race([answered, new Promise((resolve) => window.setTimeout(resolve, patienceMs))]),
])
createRoot(root).render(
  <StrictMode>
    <WordsProvider value={words}>
      <KauntaProvider
        connection={connection}
        queryClient={queryClient}
        takeStream={takeStream}
        meanings={meanings}
      >
        <App />
      </KauntaProvider>
    </WordsProvider>
  </StrictMode>,
)
window.requestIdleCallback(() => void loadSentences().catch(() => {}))
