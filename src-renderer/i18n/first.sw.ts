import counter from '../screens/counter/words.sw.json'
import shell from '../shell/words.sw.json'

export default { ...shell, ...counter }
