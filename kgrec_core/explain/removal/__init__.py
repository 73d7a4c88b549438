"""The model asked again with parts gone: coalitions, histories, facts, rankings."""
