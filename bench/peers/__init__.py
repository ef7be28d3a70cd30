"""The engines that are compared: each builds an index of the same documents and answers the same questions."""
