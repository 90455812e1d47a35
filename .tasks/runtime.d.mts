type Judged = 'right' | 'wrong' | 'unknown'
export declare const runtimeHashes: Readonly<Record<string, string>>
export declare function judgeRuntime(program: string, platform: string): Judged
export declare function judgeRuntimeOnce(program: string, platform: string, stamp: string): Judged
