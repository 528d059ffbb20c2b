// The shape that gather_nd has and scatter_nd's updates need.
#pragma once

#include "Core/Shape.h"

namespace dlc {

/// indices.shape[:-1] + x.shape[batch + k:], k the last extent of `indices`; else an error.
llvm::FailureOr<mlir::RankedTensorType> gatherNdType(MaybeLocation, mlir::Value x,
                                                     mlir::Value indices, int64_t batch);

} // namespace dlc
