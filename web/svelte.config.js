/** Everything by runes. */
export default { compilerOptions: { runes: true } };
