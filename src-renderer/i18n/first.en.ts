import counter from '../screens/counter/words.en.json'
import shell from '../shell/words.en.json'

export default { ...shell, ...counter }
