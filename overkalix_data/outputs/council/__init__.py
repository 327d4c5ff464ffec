"""The council's report: its sentences, the page and the Word document."""
