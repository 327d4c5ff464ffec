"""The one error a person meets: something could not be done, and this is the remedy (exit code 2)."""


class InputError(Exception):
    """Names the file, the place in it and the remedy; the words stand in `codelists/words.csv`.

    `key` is a row of that list (without its `error.` prefix), `params` fill the row's braces.
    """

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key, params)
        self.key = key
        self.params = params
