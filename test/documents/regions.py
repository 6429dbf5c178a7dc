"""What torchvision has compiled for regions of pictures."""
import torch
import torchvision

features = torch.zeros(1, 8, 16, 16)
regions = torch.tensor([[0.0, 0.0, 0.0, 4.0, 4.0], [0.0, 1.0, 1.0, 8.0, 8.0]])
aligned = torch.ops.torchvision.roi_align(features, regions, 1.0, 7, 6, -1, False)  # shape: (2, 8, 7, 6)
pooled, places = torch.ops.torchvision.roi_pool(features, regions, 1.0, 5, 5)  # shape: (2, 8, 5, 5), (2, 8, 5, 5)
parts, channels = torch.ops.torchvision.ps_roi_align(features, regions, 1.0, 2, 2, -1)  # shape: (2, 2, 2, 2), (2, 2, 2, 2)
kept = torch.ops.torchvision.nms(regions[:, 1:], torch.rand(2), 0.5)  # shape: (?,)
